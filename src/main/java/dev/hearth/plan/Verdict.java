package dev.hearth.plan;

import dev.hearth.shell.Outcome;
import java.util.List;
import java.util.function.BiFunction;

/** What a module decided after it looked at the facts. */
public sealed interface Verdict {

  /** The host is as it should be. */
  record Satisfied(Result result) implements Verdict {}

  /** It cannot or must not be done; the task fails and nothing was touched. */
  record Rejected(Result result) implements Verdict {}

  /**
   * There is something to do.
   *
   * @param steps in order; the first that exits with another status than 0 ends the task
   * @param diffs what would be shown with {@code --diff}
   * @param predicted the result that check mode reports, and the result of success unless the
   *     conclusion says otherwise
   * @param conclusion makes the result from the ends of the steps
   * @param again whether the module must look again afterwards because later steps depend on these;
   *     the engine then plans until it is satisfied, with a bound
   */
  record Changes(
      List<Step> steps, List<Diff> diffs, Result predicted, Conclusion conclusion, boolean again)
      implements Verdict {

    /** Keeps its own copies. */
    public Changes {
      steps = List.copyOf(steps);
      diffs = List.copyOf(diffs);
    }

    /**
     * The same, whose result of success is made complete from how the steps ended.
     *
     * @param more makes it from the result so far and the ends
     */
    public Changes telling(BiFunction<Result, List<Outcome.Exited>, Result> more) {
      return new Changes(
          steps,
          diffs,
          predicted,
          ends -> {
            Result result = conclusion.of(ends);
            return result.failed() ? result : more.apply(result, ends);
          },
          again);
    }
  }

  /** Nothing to do. */
  static Verdict satisfied(Result result) {
    return new Satisfied(result);
  }

  /** Refused with this message. */
  static Verdict rejected(String message) {
    return new Rejected(Result.failure(message));
  }

  /**
   * Steps whose success gives the predicted result and whose failure gives its standard error as
   * message.
   */
  static Changes changes(List<Step> steps, List<Diff> diffs, Result predicted) {
    return new Changes(steps, diffs, predicted, ends -> allWell(steps, ends, predicted), false);
  }

  private static Result allWell(List<Step> steps, List<Outcome.Exited> ends, Result predicted) {
    for (int i = 0; i < ends.size(); i++) {
      Outcome.Exited end = ends.get(i);
      if (!end.ok()) {
        String said = end.err().isBlank() ? end.out().strip() : end.err().strip();
        return Result.failure(
                steps.get(i).what() + ": " + (said.isEmpty() ? "exit status " + end.code() : said))
            .with("rc", end.code())
            .with("stdout", end.out())
            .with("stderr", end.err());
      }
    }
    return predicted;
  }
}
