package dev.hearth.receipt;

import dev.hearth.diag.Diagnostic;
import dev.hearth.journal.Entry;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;

/** Steps that went on when the connection broke or Hearth was killed. */
final class LostSteps {

  /** How often it is told that something is still waited for. */
  private static final Duration BEAT = Duration.ofSeconds(10);

  private LostSteps() {}

  /**
   * Waits for the end of a step that still goes on.
   *
   * @param told takes what is waited for, at once and every ten seconds
   */
  static void await(Way by, StepScripts scripts, Entry.Intended step, Consumer<Diagnostic> told) {
    long since = System.nanoTime();
    Script look = scripts.seen(Duration.ZERO);
    while (by.connection().run(look, by.become()) instanceof Outcome.Exited exited
        && exited.code() == ObservedScripts.GOES_ON) {
      told.accept(
          Diagnostic.warning(
                  by.host()
                      + ": '"
                      + step.what()
                      + "' still goes on although the connection broke; waiting for its end ("
                      + Duration.ofNanos(System.nanoTime() - since).toSeconds()
                      + " s)")
              .because("it was begun at " + step.at() + " and is not begun again"));
      look = scripts.seen(BEAT);
    }
  }

  /**
   * How a step ended that another run began, with what it wrote; empty when the host does not know.
   *
   * @param host sends scripts to the host in one round trip
   * @param notes takes the record of it
   */
  static Optional<Outcome> adopted(
      StepScripts scripts,
      Entry.Intended step,
      Function<List<Script>, List<Outcome>> host,
      Consumer<Entry> notes) {
    List<Outcome> ends = host.apply(List.of(scripts.seen(Duration.ZERO), scripts.adopt()));
    if (!(ends.getFirst() instanceof Outcome.Exited told && told.ok())) {
      return Optional.empty();
    }
    if (ends.getLast() instanceof Outcome.Exited end) {
      notes.accept(
          new Entry.Ended(
              step.step(), step.run(), OptionalInt.of(end.code()), "", List.of(), List.of()));
    }
    return Optional.of(ends.getLast());
  }
}
