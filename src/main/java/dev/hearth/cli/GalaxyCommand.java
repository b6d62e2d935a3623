package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hearth galaxy}: roles and collections of others, as {@code ansible-galaxy} has them. */
@Command(
    name = "galaxy",
    mixinStandardHelpOptions = true,
    description = "Install roles and collections, and list them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {GalaxyRoleCommand.class, GalaxyCollectionCommand.class},
    footer = {
      "",
      "Examples:",
      "  hearth galaxy install -r requirements.yml",
      "  hearth galaxy collection install community.docker:3.4.0 -p collections"
    })
final class GalaxyCommand implements Runnable {

  private final Environment environment;

  @Spec private @Nullable CommandSpec spec;

  GalaxyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw CommandMissing.of(spec);
  }

  /** Installs what a file lists, or roles by their names. */
  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      description = "Install the roles and collections that a file lists, or roles by name.")
  int install(@Mixin GalaxyInstallOptions options) {
    return options.install(environment, GalaxyInstallOptions.Kind.BOTH, false, false).number();
  }

  /** Lists everything. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the installed roles and collections.")
  int list() {
    GalaxyList list = new GalaxyList(environment);
    list.roles();
    list.collections();
    return ExitCode.OK.number();
  }
}
