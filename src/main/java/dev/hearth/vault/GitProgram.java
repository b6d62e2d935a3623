package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The installed git, in a directory.
 *
 * @param directory where it runs
 */
public record GitProgram(Path directory) {

  /**
   * What a command came to.
   *
   * @param status its exit status
   * @param output all of its standard output
   */
  public record Ending(int status, byte[] output) {}

  /** Runs a command; what it complains about goes where ours does. */
  public Ending run(List<String> arguments) {
    return run(arguments, ProcessBuilder.Redirect.INHERIT);
  }

  /** The same, for a command whose complaints say nothing to the user. */
  public Ending quietly(List<String> arguments) {
    return run(arguments, ProcessBuilder.Redirect.DISCARD);
  }

  private Ending run(List<String> arguments, ProcessBuilder.Redirect complaints) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectError(complaints)
              .start();
      process.getOutputStream().close();
      byte[] said;
      try (InputStream output = process.getInputStream()) {
        said = output.readAllBytes();
      }
      return new Ending(process.waitFor(), said);
    } catch (IOException missing) {
      throw Diagnostic.error(ExitCode.FAILED, "git cannot be started")
          .because(String.valueOf(missing.getMessage()))
          .next("install git")
          .failure();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Diagnostic.error(ExitCode.INTERRUPTED, "stopped while git ran").failure();
    }
  }

  /**
   * A file as a revision has it.
   *
   * @param file relative to the directory
   */
  public byte[] content(String revision, Path file) {
    Ending ending = quietly(List.of("cat-file", "blob", revision + ":./" + file));
    if (revision.startsWith("-") || ending.status() != 0) {
      throw Diagnostic.error(
              ExitCode.NOT_FOUND, "git has no " + file + " in the revision '" + revision + "'")
          .because("the revision, or the file in it, does not exist, or this is no repository")
          .next("look for it with: git log -- " + file)
          .failure();
    }
    return ending.output();
  }
}
