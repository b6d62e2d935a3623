package dev.hearth.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that has ended and that its parent never asks how: a zombie, as process 1 of many a
 * container leaves them.
 */
public final class EndedProcess implements AutoCloseable {

  private final Process parent;
  private final long pid;

  /** Ends a process and waits until the system tells so. */
  public EndedProcess() throws IOException {
    // A shell may ask how it ended; so it ends only when its parent is a shell no more.
    parent =
        new ProcessBuilder(
                "sh", "-c", "exec 3<&0; cat <&3 >&2 & echo $!; exec sleep 600 3<&- </dev/null")
            .start();
    BufferedReader said = parent.inputReader();
    pid = Long.parseLong(said.readLine());
    while (!Files.readString(Path.of("/proc/" + parent.pid() + "/comm")).equals("sleep\n")) {
      Thread.onSpinWait();
    }
    parent.getOutputStream().close();
    while (!fields()[0].equals("Z")) {
      Thread.onSpinWait();
    }
  }

  /** Its number, which it keeps until this is closed. */
  public long pid() {
    return pid;
  }

  /** When it began, in the kernel's ticks. */
  public long started() throws IOException {
    return Long.parseLong(fields()[19]);
  }

  private String[] fields() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  @Override
  public void close() {
    parent.destroyForcibly();
  }
}
