package dev.hearth.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of this machine that cannot be taken for a later one with the same number, for the
 * names and texts of files that tell whose they are.
 *
 * @param pid its number
 * @param started when it started, in the kernel's ticks since the system did, or in milliseconds
 *     since 1970 where the kernel does not tell these; 0 if unknown
 */
public record ProcessMark(long pid, long started) {

  private static final int STATE = 0;
  private static final int START_TIME = 19;

  /** This process. */
  public static ProcessMark own() {
    long pid = ProcessHandle.current().pid();
    return new ProcessMark(pid, startOf(pid));
  }

  /** Reads what {@link #toString} wrote. */
  public static Optional<ProcessMark> read(String text) {
    String[] parts = text.strip().split(" ", -1);
    try {
      return parts.length == 2
          ? Optional.of(new ProcessMark(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
          : Optional.empty();
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  /**
   * Whether it still runs; a process of unknown start is taken for the one that is meant. One that
   * has ended does not run, even if its parent has not asked how: in containers nobody may.
   */
  public boolean isAlive() {
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return false;
    }
    if (stat(pid).filter(fields -> "ZX".contains(fields[STATE])).isPresent()) {
      return false;
    }
    long now = startOf(pid);
    return now == 0 || started == 0 || now == started;
  }

  /** Its number and its start, with a blank between. */
  @Override
  public String toString() {
    return pid + " " + started;
  }

  private static long startOf(long pid) {
    return stat(pid)
        .map(fields -> Long.parseLong(fields[START_TIME]))
        .or(
            () ->
                ProcessHandle.of(pid)
                    .flatMap(it -> it.info().startInstant())
                    .map(Instant::toEpochMilli))
        .orElse(0L);
  }

  /** The fields of proc(5)'s stat behind the name, which may hold blanks and parentheses. */
  private static Optional<String[]> stat(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fields.length > START_TIME ? Optional.of(fields) : Optional.empty();
    } catch (IOException | RuntimeException unknown) {
      return Optional.empty();
    }
  }
}
