package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.journal.RunStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code hearth history}: list the runs of this machine. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "List the runs of this machine.",
    footer = {"", "Example: hearth history"})
final class HistoryCommand implements Callable<Integer> {

  private final Environment environment;

  HistoryCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    RunStore store = new RunStore(environment.state());
    environment.out().print(new RunHistory(store).list());
    return ExitCode.OK.number();
  }
}
