package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.ssh.SshConnector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of every command that reads an inventory or playbooks, and the way to its bench. A
 * command that runs playbooks has {@link RunMixin} instead, which has these and more.
 */
final class BenchOptions {

  @Mixin private final InventoryOptions inventory = new InventoryOptions();
  @Mixin private final VaultOptions vault = new VaultOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = {"-e", "--extra-vars"},
      paramLabel = "VARS",
      description =
          "variables that beat all others: name=value, YAML or JSON, or @file; may be repeated")
  private List<String> extraVars = new ArrayList<>();

  /** Puts together what a command works with; the caller closes it. */
  Workbench open(Environment environment) {
    return open(environment, new PlayOptions());
  }

  /** The same for a run. */
  Workbench open(Environment environment, PlayOptions play) {
    Environment chosen = store.in(environment);
    return open(chosen, new Settings(chosen), play);
  }

  /** The same with settings that were read already. */
  Workbench open(Environment environment, Settings settings, PlayOptions play) {
    return new Workbench(
        environment,
        settings,
        inventory.sources(settings, environment),
        inventory.limit(),
        List.copyOf(extraVars),
        vault.secrets(settings, environment, false),
        play.resolve(
            settings, output.verbosity(settings), connection.resolve(settings, environment)),
        output,
        play.junit());
  }

  /** The same for a command that reaches hosts: what connections need is loaded meanwhile. */
  Workbench openForHosts(Environment environment, PlayOptions play) {
    SshConnector.preload();
    return open(environment, play);
  }

  /** Does something with the lab and its hosts, outside of a run. */
  ExitCode with(Environment environment, Function<Workbench, ExitCode> work) {
    try (Workbench bench = openForHosts(environment, new PlayOptions())) {
      return work.apply(bench);
    }
  }

  /** Adds variables that beat those before them. */
  void add(List<String> moreVars) {
    extraVars.addAll(moreVars);
  }

  /** The pattern of {@code --limit}. */
  Optional<HostPattern> limit(Workbench bench, Environment environment) {
    return inventory.limit(bench.files(), environment);
  }

  /** The hosts that {@code --limit} leaves. */
  Predicate<Host> limited(Environment environment, Workbench bench) {
    return limit(bench, environment)
        .map(limit -> bench.inventory().selectSome(limit, Optional.empty()).hosts())
        .<Predicate<Host>>map(hosts -> hosts::contains)
        .orElse(host -> true);
  }

  /** How what a command does is shown. */
  OutputOptions output() {
    return output;
  }
}
