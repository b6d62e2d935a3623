package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.journal.RunStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hearth history}: list the runs that the store has. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "List the runs of this machine, or of all that share its store.",
    footer = {"", "Example: hearth history"})
final class HistoryCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final StoreOptions stores = new StoreOptions();

  HistoryCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (RunStore store = stores.open(environment)) {
      RunHistory.Listed listed = new RunHistory(store).list();
      environment.out().print(listed.text());
      if (!listed.damaged().isEmpty()) {
        throw new HearthException(listed.damaged());
      }
    }
    return ExitCode.OK.number();
  }
}
