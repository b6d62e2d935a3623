package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.run.Interrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs scripts of the source tree, such as those that start the test hosts, with this process's own
 * streams.
 */
final class Scripts {

  /** Set by the launcher: where the source tree is. */
  private static final String HOME = "HEARTH_HOME";

  private final Environment environment;

  Scripts(Environment environment) {
    this.environment = environment;
  }

  /** Runs one and gives its exit status. */
  int run(String script, List<String> arguments) {
    Path home =
        Path.of(
            environment.variables().getOrDefault(HOME, environment.workingDirectory().toString()));
    Path file = home.resolve(script);
    if (!Files.isExecutable(file)) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no " + file)
          .because("the test hosts and the demo come with Hearth's source tree")
          .next("run the launcher of a source tree: ./hearth")
          .failure();
    }
    List<String> command = new ArrayList<>(List.of(file.toString()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).directory(home.toFile()).inheritIO().start().waitFor();
    } catch (IOException unstartable) {
      throw Diagnostic.error(ExitCode.FAILED, "cannot start " + file)
          .because(String.valueOf(unstartable.getMessage()))
          .next("check that it is a script that you may run")
          .failure();
    } catch (InterruptedException stopped) {
      throw new Interrupted();
    }
  }
}
