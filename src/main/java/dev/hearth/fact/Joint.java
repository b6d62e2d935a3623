package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;

/**
 * A way to ask many facts of one kind with one script, which costs the host fewer processes than
 * their own probes do. Facts with equal ones may be asked together.
 */
public interface Joint {

  /** Asks all of them; reads and never changes anything. */
  Script probe(List<? extends Fact<?>> facts);

  /**
   * What the facts' own probes would have answered; empty where that is not known and the fact has
   * to be asked by itself.
   *
   * @param facts those that the script asked for, in the same order
   * @param answer what the script printed
   */
  List<Optional<Outcome.Exited>> answers(List<? extends Fact<?>> facts, Outcome.Exited answer);
}
