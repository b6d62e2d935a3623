package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearth galaxy collection}: the same for collections only. */
@Command(
    name = "collection",
    mixinStandardHelpOptions = true,
    description = "Install and list collections.",
    synopsisSubcommandLabel = "COMMAND")
final class GalaxyCollectionCommand implements Runnable {

  private final Environment environment;

  @Spec private @Nullable CommandSpec spec;

  GalaxyCollectionCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw CommandMissing.of(spec);
  }

  /** Installs collections. */
  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      description = "Install collections by name, or those that a file lists.")
  int install(
      @Mixin GalaxyInstallOptions options,
      @Option(
              names = {"-U", "--upgrade"},
              description = "take the newest version that fits")
          boolean upgrade,
      @Option(names = "--pre", description = "take versions that are no releases, too")
          boolean preReleases) {
    return options
        .install(environment, GalaxyInstallOptions.Kind.COLLECTIONS, upgrade, preReleases)
        .number();
  }

  /** Lists collections. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the installed collections.")
  int list() {
    new GalaxyList(environment).collections();
    return ExitCode.OK.number();
  }
}
