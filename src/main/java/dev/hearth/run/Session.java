package dev.hearth.run;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection as one task uses it: as whom, with which environment, for how long.
 *
 * @param host the host's name, for messages
 * @param connection the way to it
 * @param become as whom scripts run
 * @param environment the task's {@code environment}
 * @param timeout the task's {@code timeout}; empty for none
 */
record Session(
    String host,
    Connection connection,
    Become become,
    Map<String, Word> environment,
    Optional<Duration> timeout) {

  Outcome run(Script script) {
    return connection.run(prepared(script), become);
  }

  List<Outcome> runAll(List<Script> scripts) {
    return connection.runAll(scripts.stream().map(this::prepared).toList(), become);
  }

  private Script prepared(Script script) {
    Script in = script.in(environment);
    return timeout.filter(limit -> script.deadline().isEmpty()).map(in::within).orElse(in);
  }
}
