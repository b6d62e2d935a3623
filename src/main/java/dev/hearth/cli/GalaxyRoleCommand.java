package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hearth galaxy role}: the same for roles only. */
@Command(
    name = "role",
    mixinStandardHelpOptions = true,
    description = "Install and list roles.",
    synopsisSubcommandLabel = "COMMAND")
final class GalaxyRoleCommand implements Runnable {

  private final Environment environment;

  @Spec private @Nullable CommandSpec spec;

  GalaxyRoleCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw CommandMissing.of(spec);
  }

  /** Installs roles. */
  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      description = "Install roles by name, or those that a file lists.")
  int install(@Mixin GalaxyInstallOptions options) {
    return options.install(environment, GalaxyInstallOptions.Kind.ROLES, false, false).number();
  }

  /** Lists roles. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the installed roles.")
  int list() {
    new GalaxyList(environment).roles();
    return ExitCode.OK.number();
  }
}
