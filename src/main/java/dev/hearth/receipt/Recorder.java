package dev.hearth.receipt;

import dev.hearth.diag.ExitCode;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Notes what a run does to hosts. */
public interface Recorder {

  /** Notes nothing; for check mode, which changes nothing. */
  Recorder OFF = (way, task, at) -> TaskNotes.NONE;

  /**
   * A module is about to be used for a task on a host.
   *
   * @param task the task's name
   * @param at where it is written
   */
  TaskNotes task(Way way, Supplier<String> task, String at);

  /** The run is over. */
  default void finish(ExitCode exit) {}

  /** What is noted of one use of a module. */
  interface TaskNotes {

    /** Notes nothing. */
    TaskNotes NONE =
        new TaskNotes() {
          @Override
          public Outcome apply(Step step, Function<List<Script>, List<Outcome>> host) {
            return host.apply(List.of(step.script())).getFirst();
          }
        };

    /** The result, when an earlier run that is continued has done this already. */
    default Optional<Result> finished() {
      return Optional.empty();
    }

    /**
     * Takes the host's lock before the first change.
     *
     * @return whether it was taken just now, so that what was seen of the host may be old
     * @throws Barred with {@link ExitCode#LOCKED} when another run has it
     */
    default boolean lock() {
      return false;
    }

    /**
     * Does a step on the host and notes it: what is intended before, how it ended after.
     *
     * @param host sends scripts to the host in one round trip
     * @throws Barred when it cannot be written down; nothing is done then
     */
    Outcome apply(Step step, Function<List<Script>, List<Outcome>> host);

    /** Steps go on by themselves; nobody will see how they end. */
    default void detached(List<Step> steps) {}

    /** The module is done; the result is what it comes to together with an earlier run. */
    default Result ended(Result result) {
      return result;
    }
  }
}
