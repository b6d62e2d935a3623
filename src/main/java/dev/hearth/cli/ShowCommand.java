package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.journal.RunStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth show}: show what a run did, host by host and step by step. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show what a run did, host by host and step by step.",
    footer = {"", "Example: hearth show 20261121T1215"})
final class ShowCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final StoreOptions stores = new StoreOptions();

  @Parameters(paramLabel = "RUN", description = "the run, or how its name begins")
  private String run = "";

  ShowCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (RunStore store = stores.open(environment)) {
      environment.out().print(new RunHistory(store).show(store.find(run)));
    }
    return ExitCode.OK.number();
  }
}
