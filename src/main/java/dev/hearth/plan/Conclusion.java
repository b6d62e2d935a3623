package dev.hearth.plan;

import dev.hearth.shell.Outcome;
import java.util.List;

/** Makes the result of a task from how its steps ended. */
@FunctionalInterface
public interface Conclusion {

  /**
   * The result.
   *
   * @param ends one for each step that ran, in order; after one with another exit status than 0 no
   *     further step ran
   */
  Result of(List<Outcome.Exited> ends);
}
