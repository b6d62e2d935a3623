package dev.hearth.cli;

import dev.hearth.inventory.HostPattern;
import dev.hearth.ssh.SshConnector;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** The options of every command that reads an inventory or playbooks, and the way to its bench. */
final class BenchOptions {

  @Mixin private final InventoryOptions inventory = new InventoryOptions();
  @Mixin private final VaultOptions vault = new VaultOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final PlayOptions play = new PlayOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  /** Puts together what a command works with; the caller closes it. */
  Workbench open(Environment environment) {
    return open(environment, new Settings(environment));
  }

  /** The same with settings that were read already. */
  Workbench open(Environment environment, Settings settings) {
    return Workbench.open(
        environment,
        settings,
        inventory.sources(settings, environment),
        inventory.limit(),
        play.extraVars(),
        vault.secrets(settings, environment, false),
        play.resolve(
            settings, output.verbosity(settings), connection.resolve(settings, environment)),
        output);
  }

  /** The same for a command that reaches hosts: what connections need is loaded meanwhile. */
  Workbench openForHosts(Environment environment) {
    SshConnector.preload();
    return open(environment);
  }

  /** The hosts that {@code --limit} leaves. */
  Optional<HostPattern> limit(Workbench bench, Environment environment) {
    return inventory.limit(bench.files(), environment);
  }

  /** What part of the playbooks to run, and how. */
  PlayOptions play() {
    return play;
  }

  /** How the run is shown. */
  OutputOptions output() {
    return output;
  }
}
