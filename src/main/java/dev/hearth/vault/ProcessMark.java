package dev.hearth.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that cannot be taken for a later one with the same number.
 *
 * @param pid its number
 * @param started when it started, in the kernel's ticks since the system did; 0 if unknown
 */
record ProcessMark(long pid, long started) {

  private static final int START_TIME = 19;

  static ProcessMark own() {
    long pid = ProcessHandle.current().pid();
    return new ProcessMark(pid, startOf(pid));
  }

  /** Whether it still runs; a process of unknown start is taken for the one that is meant. */
  boolean isAlive() {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return false;
    }
    long now = startOf(pid);
    return now == 0 || started == 0 || now == started;
  }

  /** Field 22 of proc(5)'s stat; the second, the name, may hold blanks and parentheses. */
  private static long startOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[START_TIME]);
    } catch (IOException | RuntimeException unknown) {
      return 0;
    }
  }
}
