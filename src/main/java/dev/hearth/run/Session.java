package dev.hearth.run;

import dev.hearth.connection.Connection;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Together;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Map;

/**
 * A connection as one task uses it: as whom, with which environment, for how long.
 *
 * @param connection the way to the host
 * @param manner as whom and how
 * @param ahead what was asked of the host before
 */
record Session(Connection connection, Manner manner, ReadAhead ahead) {

  /** The host's name, for messages. */
  String host() {
    return manner.target().name();
  }

  /** Runs something that is more than a question. */
  Outcome run(Script script) {
    return runAll(List.of(script), Foresight.NONE).getFirst();
  }

  /**
   * The same for several, in one round trip, with questions of coming tasks behind them.
   *
   * @param foresight what may be asked
   */
  List<Outcome> runAll(List<Script> scripts, Foresight foresight) {
    return ahead.run(this, scripts, foresight);
  }

  /** The answers of these facts' probes, as far as they are not known already. */
  Map<Fact<?>, Outcome> answers(List<? extends Fact<?>> facts, Foresight foresight) {
    return ahead.answers(this, facts, foresight);
  }

  /** Asks all of them together; nobody waits for the later ones. */
  Connection.Answers ask(List<Together> now, List<Together> later) {
    return connection.ask(probes(now), probes(later), manner.become());
  }

  /** Runs scripts as they are and asks behind them. */
  Connection.Answers send(List<Script> scripts, List<Together> later) {
    return connection.ask(
        scripts.stream().map(this::prepared).toList(), probes(later), manner.become());
  }

  /** What is known of the host may be old. */
  void forget() {
    ahead.doubt();
  }

  /** How the module took the answers. */
  void planned(Verdict verdict) {
    ahead.planned(verdict);
  }

  /** Whether another task works in the same manner. */
  boolean fits(Manner other) {
    return manner.equals(other);
  }

  private List<Script> probes(List<Together> questions) {
    return questions.stream().map(question -> prepared(question.probe())).toList();
  }

  private Script prepared(Script script) {
    Script in = script.in(manner.environment());
    return manner.timeout().filter(limit -> script.deadline().isEmpty()).map(in::within).orElse(in);
  }
}
