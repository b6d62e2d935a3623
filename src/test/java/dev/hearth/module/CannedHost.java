package dev.hearth.module;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.shell.Outcome;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A host whose answers are written in a case; it refuses questions that the case has not. */
final class CannedHost implements Facts {

  private final Map<String, Outcome.Exited> answers;
  private final Set<String> asked = new HashSet<>();

  CannedHost(Map<String, Outcome.Exited> answers) {
    this.answers = answers;
  }

  @Override
  public <T> T get(Fact<T> fact) {
    Outcome.Exited answer = answers.get(fact.key());
    if (answer == null) {
      throw new AssertionError(
          "the case has no answer for the fact '" + fact.key() + "' but only " + answers.keySet());
    }
    asked.add(fact.key());
    return fact.parse(answer);
  }

  @Override
  public void prefetch(Collection<? extends Fact<?>> facts) {
    facts.forEach(this::get);
  }

  Set<String> asked() {
    return asked;
  }
}
