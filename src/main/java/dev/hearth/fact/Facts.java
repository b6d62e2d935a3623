package dev.hearth.fact;

import java.util.Collection;

/**
 * The host as a module sees it while it plans: questions and answers, nothing else. Answers do not
 * change meanwhile.
 */
public interface Facts {

  /**
   * The answer to one question.
   *
   * @throws UnreadableFact when the host cannot answer
   */
  <T> T get(Fact<T> fact);

  /** Asks these together, in one round trip, for the questions that follow. */
  void prefetch(Collection<? extends Fact<?>> facts);
}
