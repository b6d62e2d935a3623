package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth diff}: what changed on the hosts since a run left them. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Show what changed on the hosts since a run left them.",
    footer = {"", "Example: hearth diff 20261121T1215"})
final class DiffCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin mixin = new RunMixin();

  @Parameters(paramLabel = "RUN", description = "the run, or how its name begins")
  private String run = "";

  @Option(names = "--all", description = "name the places that are as they were left, too")
  private boolean all;

  DiffCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    ExitCode exit = mixin.drift(environment, run, all);
    return exit.number();
  }
}
