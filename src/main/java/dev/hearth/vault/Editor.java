package dev.hearth.vault;

import java.nio.file.Path;
import java.time.Duration;

/** What lets a person change a file. */
@FunctionalInterface
public interface Editor {

  /**
   * How editing ended.
   *
   * @param status the exit status of the program; 0 is success
   * @param took how long it ran
   */
  record Ending(int status, Duration took) {}

  /**
   * Lets the person change a file and waits until that is done.
   *
   * @throws dev.hearth.diag.HearthException if it cannot be started at all
   */
  Ending edit(Path file);
}
