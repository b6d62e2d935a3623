package dev.hearth.receipt;

import dev.hearth.journal.Entry;
import dev.hearth.journal.Receipt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps that changed the same thing that is no file one after another, such as a mount and an
 * unmount of the same path. When it is again as before the first of them, there is nothing to go
 * back over: what one of them needs to be taken back, such as a directory, may be gone by then.
 */
final class WatchedChanges {

  /** The step before which the thing was as a step found it, if that changed it as well. */
  private final Map<Receipt.Step, Receipt.Step> previous = new HashMap<>();

  /**
   * @param steps the steps that were done on a host, the first one first
   */
  WatchedChanges(List<Receipt.Step> steps) {
    Map<String, Receipt.Step> last = new HashMap<>();
    for (Receipt.Step step : steps) {
      List<Watched> things = Watched.of(step);
      for (Watched thing : things) {
        Receipt.Step earlier = last.put(thing.what(), step);
        if (earlier != null && onlyThat(step) && onlyThat(earlier)) {
          int part = Watched.of(earlier).getFirst().part();
          if (earlier.after(part).equals(step.before(thing.part()))) {
            previous.put(step, earlier);
          }
        }
      }
    }
  }

  /** Whether a script takes the step back, and what it does is told by one thing. */
  private static boolean onlyThat(Receipt.Step step) {
    List<Entry.Part> parts = step.intended().undo();
    return Watched.of(step).size() == 1
        && parts.stream().anyMatch(part -> part.kind() == Entry.Kind.RUN)
        && parts.stream()
            .allMatch(part -> part.kind() == Entry.Kind.RUN || part.kind() == Entry.Kind.WATCH);
  }

  /**
   * Whether things are as they were before a step, or before an earlier one from which the step
   * went on without anybody else changing them.
   *
   * @param now how the things are that the step changed
   */
  boolean before(Receipt.Step step, List<String> now) {
    for (Optional<Receipt.Step> at = Optional.of(step);
        at.isPresent();
        at = Optional.ofNullable(previous.get(at.get()))) {
      Receipt.Step it = at.get();
      List<String> before = Watched.of(it).stream().map(thing -> it.before(thing.part())).toList();
      if (before.stream().allMatch(Watched::known) && before.equals(now)) {
        return true;
      }
    }
    return false;
  }
}
