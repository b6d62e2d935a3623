package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * The editor that {@code $VISUAL} or {@code $EDITOR} names, with its arguments, at our terminal.
 * The value is a piece of shell, as it is for git, crontab and sudoedit; the file is a word of its
 * own.
 *
 * @param command the value, such as {@code code --wait}
 * @param hidden variables of our environment that the editor must not see
 */
public record ProgramEditor(String command, Set<String> hidden) implements Editor {

  @Override
  public Ending edit(Path file) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command + " \"$@\"", "editor", file.toString())
            .inheritIO();
    builder.environment().keySet().removeAll(hidden);
    long start = System.nanoTime();
    try {
      Process process = builder.start();
      int status = waited(process);
      return new Ending(status, Duration.ofNanos(System.nanoTime() - start));
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "the editor cannot be started")
          .because(String.valueOf(failure.getMessage()))
          .next("set EDITOR to the editor that you use; nothing is changed")
          .failure();
    }
  }

  /** An interrupted thread could write no file, so what stops us is told by the exception alone. */
  private static int waited(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException stopped) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      throw Diagnostic.error(ExitCode.INTERRUPTED, "stopped while the editor was open")
          .because("the file is as it was")
          .next("edit again")
          .failure();
    }
  }
}
