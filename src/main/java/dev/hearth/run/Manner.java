package dev.hearth.run;

import dev.hearth.connection.Become;
import dev.hearth.connection.Target;
import dev.hearth.shell.Word;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a task works on a host.
 *
 * @param target the host and the way to it
 * @param become as whom scripts run
 * @param environment the task's {@code environment}
 * @param timeout the task's {@code timeout}; empty for none
 */
record Manner(
    Target target, Become become, Map<String, Word> environment, Optional<Duration> timeout) {

  /** As the user who logs in, with nothing added. */
  static Manner plainly(Target target) {
    return new Manner(target, Become.NOBODY_ELSE, Map.of(), Optional.empty());
  }
}
