package dev.hearth.run;

import dev.hearth.connection.Connector;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.SourceFiles;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.inventory.Inventory;
import dev.hearth.module.Modules;
import dev.hearth.playbook.Playbook;
import dev.hearth.playbook.TaskSource;
import dev.hearth.receipt.Recorder;
import dev.hearth.template.Templar;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs playbooks. Made for one run and closed after it, which closes all connections. */
public final class Engine implements AutoCloseable {

  private final Parts parts;
  private final Sessions sessions;
  private final Services services;

  /**
   * What a run is made of.
   *
   * @param inventory the hosts at the start
   * @param sources reads the inventory's sources again
   * @param inventoryLayers a host's variables from an inventory, group_vars and host_vars
   * @param extraVars what {@code -e} said
   * @param templar evaluates templates
   * @param modules all modules
   * @param tasks loads what is included while the run goes on
   * @param files opens the user's text files, encrypted ones too
   * @param ssh opens connections over SSH
   * @param local opens connections to this machine
   * @param prompts asks for {@code vars_prompt}
   * @param step answers the questions of {@code --step}
   * @param secrets is told every secret that a task is about to use, so that no view shows it
   * @param sink takes what happens
   * @param factCache what earlier runs found out about hosts
   * @param invocation how the run was called, as playbooks can read it
   * @param workingDirectory where the run was started
   * @param recorder notes what is done to hosts
   */
  public record Parts(
      Inventory inventory,
      Supplier<Inventory> sources,
      BiFunction<Host, Inventory, Layers> inventoryLayers,
      Map<String, Variable> extraVars,
      Templar templar,
      Modules modules,
      TaskSource tasks,
      SourceFiles files,
      Connector ssh,
      Connector local,
      Prompts prompts,
      Function<String, Optional<String>> step,
      Consumer<Value.Secret> secrets,
      EventSink sink,
      FactCache factCache,
      Invocation invocation,
      Path workingDirectory,
      Recorder recorder) {}

  /** A run of these parts as the options say. */
  public Engine(Parts parts, RunOptions options) {
    this.parts = parts;
    Freshness freshness = new Freshness(options.readAhead() && !options.step());
    this.sessions = new Sessions(parts.ssh(), parts.local(), freshness);
    Templar templar = parts.templar().noticing(freshness::spoil);
    CurrentInventory inventory = new CurrentInventory(parts.inventory(), parts.sources());
    Memory memory = new Memory(parts.factCache());
    Magic magic =
        new Magic(inventory, templar, options, parts.invocation(), parts.workingDirectory());
    Scopes scopes =
        new Scopes(inventory, parts.inventoryLayers(), parts.extraVars(), memory, magic);
    this.services =
        new Services(
            options,
            inventory,
            parts.modules(),
            templar,
            scopes,
            memory,
            sessions,
            parts.tasks(),
            parts.files(),
            new Steps(options.step(), parts.step(), parts.sink()),
            parts.prompts().asker(),
            parts.invocation(),
            new Jobs(),
            parts.secrets(),
            parts.recorder(),
            new ModuleCall(),
            new Bridge());
  }

  /**
   * Runs playbooks one after the other.
   *
   * @throws dev.hearth.diag.HearthException when what the user wrote stops the run
   */
  public ExitCode run(List<Playbook> playbooks, Optional<HostPattern> limit) {
    ExitCode exit = ExitCode.DEFECT;
    try {
      exit =
          new PlaybookRunner(services, parts.extraVars(), limit, parts.sink(), parts.prompts())
              .run(playbooks);
      return exit;
    } catch (Interrupted stopped) {
      exit = ExitCode.INTERRUPTED;
      throw stopped;
    } catch (HearthException failure) {
      exit = failure.exit();
      throw failure;
    } finally {
      parts.recorder().finish(exit);
    }
  }

  /**
   * Why a variable has its value on a host: one explanation for each play that runs on it, or one
   * in all without a playbook. Connects to no host.
   *
   * @throws dev.hearth.diag.HearthException when nothing defines the variable, or no play runs on
   *     the host
   */
  public List<Explanation> explain(String host, String variable, List<Playbook> playbooks) {
    return new Explainer(services, parts.extraVars()).explain(host, variable, playbooks);
  }

  /** What a run of playbooks may do on a host, as far as it is known. Connects to no host. */
  public List<PlannedTask> planned(String host, List<Playbook> playbooks) {
    return new Planner(services, parts.extraVars()).on(host, playbooks);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
