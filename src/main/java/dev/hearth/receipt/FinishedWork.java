package dev.hearth.receipt;

import dev.hearth.journal.Entry;
import dev.hearth.journal.Receipt;
import dev.hearth.plan.Result;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What modules have done for tasks on a host, so that a run that is continued does not do it again.
 * A use of a module is told by the place of its task and by how often that was reached before; a
 * run that goes the same way again comes to the same.
 */
final class FinishedWork {

  private final UnaryOperator<String> masked;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Entry.Done> before = new HashMap<>();
  private final List<Entry.Intended> begun = new ArrayList<>();
  private final Set<String> kept = new HashSet<>();
  private final Set<String> ends = new HashSet<>();

  /**
   * @param runs what the runs that are continued noted of the host, the oldest first; each tells
   *     again what it took over
   * @param masked hides every secret in a text
   */
  FinishedWork(List<List<Entry>> runs, UnaryOperator<String> masked) {
    this.masked = masked;
    runs.forEach(this::take);
  }

  private void take(List<Entry> entries) {
    Entry.Done last = null;
    for (Entry entry : entries) {
      if (entry instanceof Entry.Done done) {
        if (before.put(key(done.at(), done.count()), done) == null) {
          begun.removeIf(step -> step.at().equals(done.at()));
        }
        last = done;
      } else if (entry instanceof Entry.Intended intended) {
        begun.add(intended);
      } else if (entry instanceof Entry.Kept step) {
        kept.add(step.run() + " " + step.step());
      } else if (entry instanceof Entry.Ended ended && !ended.how().equals(Receipt.LOST)) {
        ends.add(ended.run() + " " + ended.step());
      }
    }
    if (last != null) {
      // That is where the run ended: what failed there is tried again, with any item of a loop.
      String at = last.at();
      before
          .values()
          .removeIf(done -> done.at().equals(at) && result(done).map(Result::failed).orElse(true));
    }
  }

  /** The steps of a task that were begun last, when the run was cut off before the task ended. */
  synchronized List<Entry.Intended> begun(String at) {
    List<Entry.Intended> own = begun.stream().filter(step -> step.at().equals(at)).toList();
    begun.removeAll(own);
    return own;
  }

  /** Whether the run before saw how its step ended. */
  boolean saw(Entry.Intended step) {
    return ends.contains(step.run() + " " + step.step());
  }

  /** Whether the run before knew what was there before its step. */
  boolean knew(Entry.Intended step) {
    return kept.contains(step.run() + " " + step.step());
  }

  private static String key(String at, int count) {
    return count + " " + at;
  }

  /** How often a task was reached so far; this time counts from now on. */
  synchronized int count(String at) {
    return counts.merge(at, 1, Integer::sum) - 1;
  }

  /** What the run before had finished. */
  Optional<Entry.Done> find(String at, int count) {
    return Optional.ofNullable(before.get(key(at, count))).filter(done -> result(done).isPresent());
  }

  /** What to note; a result with a secret in it is left out, and that work is done again. */
  Entry.Done done(String at, int count, Result result) {
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("changed", Value.bool(result.changed()));
    fields.put("failed", Value.bool(result.failed()));
    fields.put("skipped", Value.bool(result.skipped()));
    fields.put("values", Value.Dict.ofTexts(result.values()));
    String text = isData(fields.get("values")) ? Json.write(Value.Dict.ofTexts(fields)) : "";
    return new Entry.Done(at, count, masked.apply(text).equals(text) ? text : "");
  }

  private static boolean isData(Value value) {
    return switch (value) {
      case Value.Text _, Value.Null _, Value.Bool _, Value.Int _, Value.Real _ -> true;
      case Value.Seq list -> list.items().stream().allMatch(FinishedWork::isData);
      case Value.Dict dict ->
          dict.entries().keySet().stream().allMatch(Value.Text.class::isInstance)
              && dict.entries().values().stream().allMatch(FinishedWork::isData);
      default -> false;
    };
  }

  /** The result that was noted. */
  static Optional<Result> result(Entry.Done done) {
    if (done.result().isEmpty() || !(JsonReader.read(done.result()) instanceof Value.Dict dict)) {
      return Optional.empty();
    }
    Map<String, Value> values = new LinkedHashMap<>();
    if (dict.entries().get(Value.text("values")) instanceof Value.Dict all) {
      all.entries()
          .forEach(
              (name, value) -> {
                if (name instanceof Value.Text text) {
                  values.put(text.value(), value);
                }
              });
    }
    return Optional.of(
        new Result(is(dict, "changed"), is(dict, "failed"), is(dict, "skipped"), values));
  }

  private static boolean is(Value.Dict dict, String name) {
    return Value.Bool.TRUE.equals(dict.entries().get(Value.text(name)));
  }
}
