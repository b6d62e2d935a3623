package dev.hearth.run;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks before each task whether to do it, as {@code --step} wants. Yes does it, no leaves it out,
 * and "continue" does it and asks no more. Nobody there to answer means no.
 */
final class Steps {

  private final Function<String, Optional<String>> answers;
  private final EventSink sink;
  private boolean asking;

  /**
   * @param asking whether to ask at all
   * @param answers puts a question and gives what was typed
   */
  Steps(boolean asking, Function<String, Optional<String>> answers, EventSink sink) {
    this.asking = asking;
    this.answers = answers;
    this.sink = sink;
  }

  /** What is typed behind a question on standard output; empty when nobody is there. */
  Optional<String> typed(String question) {
    return answers.apply(question);
  }

  /** Whether the task is to be done. */
  boolean goesOn(String task) {
    if (!asking) {
      return true;
    }
    String question = "Perform task: " + task + " (N)o/(y)es/(c)ontinue: ";
    String typed = answers.apply(question).orElse("").strip().toLowerCase(Locale.ROOT);
    sink.accept(new Event.Asked(question));
    boolean rest = typed.equals("c") || typed.equals("continue");
    asking = !rest;
    return rest || typed.equals("y") || typed.equals("yes");
  }
}
