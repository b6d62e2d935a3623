package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which playbook of the lab a command stands for. */
final class LabOptions {

  @Option(
      names = "--playbook",
      paramLabel = "FILE",
      description = "this playbook instead of the lab's own")
  private @Nullable Path playbook;

  /** The playbook: the one named, else {@code playbooks/NAME.yml} below the working directory. */
  Path find(String name, Environment environment) {
    Path file =
        Optional.ofNullable(playbook)
            .map(named -> environment.workingDirectory().resolve(named))
            .orElse(environment.workingDirectory().resolve("playbooks").resolve(name + ".yml"));
    if (!Files.isRegularFile(file)) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no playbook " + file)
          .because("'hearth " + name + "' runs the lab's playbooks/" + name + ".yml")
          .next("run it in the lab's directory, or name one: --playbook FILE")
          .failure();
    }
    return file;
  }
}
