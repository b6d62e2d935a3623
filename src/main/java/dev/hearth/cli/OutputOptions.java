package dev.hearth.cli;

import dev.hearth.run.EventSink;
import dev.hearth.view.ConsoleView;
import dev.hearth.view.JsonView;
import dev.hearth.view.Masker;
import dev.hearth.view.Terminal;
import picocli.CommandLine.Option;

/** How the run is shown. */
final class OutputOptions {

  @Option(names = "--json", description = "write JSON lines instead of text")
  private boolean json;

  @Option(names = "--no-color", description = "no colours, also on a terminal")
  private boolean noColour;

  @Option(names = "-v", description = "show results; again for more (-vv, -vvv)")
  private boolean[] verbose = new boolean[0];

  int verbosity() {
    return verbose.length;
  }

  boolean isJson() {
    return json;
  }

  Terminal terminal(Environment environment) {
    return environment.terminal(noColour);
  }

  EventSink view(Environment environment, Masker masker) {
    Terminal terminal = terminal(environment);
    return json ? new JsonView(terminal, masker) : new ConsoleView(terminal, masker, verbosity());
  }
}
