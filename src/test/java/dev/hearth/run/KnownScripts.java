package dev.hearth.run;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host that knows some scripts by their bodies, keeps what it ran, and refuses any other. */
class KnownScripts implements Connection {

  private final Map<String, Outcome> answers = new LinkedHashMap<>();
  private final List<String> ran = new ArrayList<>();
  private int roundTrips;

  KnownScripts answering(String body, Outcome outcome) {
    answers.put(body, outcome);
    return this;
  }

  KnownScripts answering(String body, String out) {
    return answering(body, Outcome.Exited.of(0, out, ""));
  }

  /** The bodies of all scripts that ran, in order. */
  List<String> ran() {
    return ran;
  }

  @Override
  public Outcome run(Script script, Become become) {
    return runAll(List.of(script), become).getFirst();
  }

  private Outcome answer(Script script) {
    Outcome outcome = answers.get(script.body());
    if (outcome == null) {
      throw new IllegalStateException("this host must not run: " + script.body());
    }
    ran.add(script.body());
    return outcome;
  }

  @Override
  public Answers ask(List<Script> now, List<Script> later, Become become) {
    roundTrips++;
    List<Outcome> outcomes = now.stream().map(this::answer).toList();
    List<Outcome> behind = later.stream().map(this::answer).toList();
    return new Answers(
        outcomes,
        index ->
            behind.get(index) instanceof Outcome.Exited exited
                ? Optional.of(exited)
                : Optional.empty());
  }

  @Override
  public int roundTrips() {
    return roundTrips;
  }

  @Override
  public void close() {}
}
