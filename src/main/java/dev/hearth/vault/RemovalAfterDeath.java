package dev.hearth.vault;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Removes a file of plain text as soon as this process dies, even by SIGKILL: a small shell beside
 * us waits for the end of a pipe, which the kernel closes with whoever held it. Only when both die
 * at once, as in a power failure, the file is left, for {@link Leftovers} to find.
 */
final class RemovalAfterDeath implements AutoCloseable {

  /** Ctrl-C and a closed terminal reach the whole group: the shell outlives them. */
  private static final String SCRIPT =
      "trap '' INT TERM HUP QUIT; read -r end; exec rm -f -- \"$1\"";

  private final Process shell;

  private RemovalAfterDeath(Process shell) {
    this.shell = shell;
  }

  /** Watches over a file from before it exists. */
  static RemovalAfterDeath of(Path file) throws IOException {
    return new RemovalAfterDeath(
        new ProcessBuilder("/bin/sh", "-c", SCRIPT, "sh", file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Removes the file if it is still there under its name, and waits until that is done. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      shell.waitFor();
    } catch (IOException gone) {
      // The pipe ends with us at the latest.
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
