package dev.hearth.module.docker;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How two JSON values differ, in the compact form of the Python library jsondiff: of a mapping the
 * keys that changed or came, and {@code $delete} with those that went; of a list the positions that
 * changed, {@code $insert} and {@code $delete}; and {@code $replace} for what has nothing in
 * common.
 *
 * @param shown the difference; an empty mapping for none
 * @param similarity from 0, nothing in common, to 1, the same
 */
record JsonDifference(Value shown, double similarity) {

  private static final JsonDifference NONE = new JsonDifference(Value.Dict.EMPTY, 1);

  static JsonDifference of(Value before, Value after) {
    return switch (before) {
      case Value.Dict old when after instanceof Value.Dict next -> mappings(old, next);
      case Value.Seq old when after instanceof Value.Seq next -> lists(old.items(), next);
      default -> before.equals(after) ? NONE : replaced(after);
    };
  }

  private static JsonDifference replaced(Value after) {
    return new JsonDifference(
        after instanceof Value.Dict ? Value.Dict.ofTexts(Map.of("$replace", after)) : after, 0);
  }

  private static JsonDifference mappings(Value.Dict before, Value.Dict after) {
    Map<Value, Value> shown = new LinkedHashMap<>();
    List<Value> gone = new ArrayList<>();
    double alike = 0;
    for (Map.Entry<Value, Value> entry : before.entries().entrySet()) {
      Value next = after.entries().get(entry.getKey());
      if (next == null) {
        gone.add(entry.getKey());
        continue;
      }
      JsonDifference inside = of(entry.getValue(), next);
      if (inside.similarity() < 1) {
        shown.put(entry.getKey(), inside.shown());
      }
      alike += 0.5 + 0.5 * inside.similarity();
    }
    long all = before.entries().size();
    for (Map.Entry<Value, Value> entry : after.entries().entrySet()) {
      if (!before.entries().containsKey(entry.getKey())) {
        shown.put(entry.getKey(), entry.getValue());
        all++;
      }
    }
    if (!gone.isEmpty()) {
      shown.put(Value.text("$delete"), new Value.Seq(gone));
    }
    return told(after, new Value.Dict(shown), all == 0 ? 1 : alike / all);
  }

  private static JsonDifference told(Value after, Value shown, double similarity) {
    if (similarity == 0) {
      return replaced(after);
    }
    return similarity == 1 ? NONE : new JsonDifference(shown, similarity);
  }

  /** The items that both have in the same order are found by their longest common sequence. */
  private static JsonDifference lists(List<Value> before, Value.Seq after) {
    List<Value> next = after.items();
    double[][] common = new double[before.size() + 1][next.size() + 1];
    for (int i = 1; i <= before.size(); i++) {
      for (int j = 1; j <= next.size(); j++) {
        double both = common[i - 1][j - 1] + of(before.get(i - 1), next.get(j - 1)).similarity();
        common[i][j] = Math.max(both, Math.max(common[i][j - 1], common[i - 1][j]));
      }
    }
    Map<Integer, Value> changed = new LinkedHashMap<>();
    List<Value> inserted = new ArrayList<>();
    List<Value> deleted = new ArrayList<>();
    double alike = 0;
    int i = before.size();
    int j = next.size();
    while (i > 0 || j > 0) {
      JsonDifference pair =
          i > 0 && j > 0 ? of(before.get(i - 1), next.get(j - 1)) : replaced(after);
      if (i > 0
          && j > 0
          && pair.similarity() > 0
          && common[i][j] == common[i - 1][j - 1] + pair.similarity()) {
        if (pair.similarity() < 1) {
          changed.put(j - 1, pair.shown());
        }
        alike += pair.similarity();
        i--;
        j--;
      } else if (j > 0 && (i == 0 || common[i][j - 1] >= common[i - 1][j])) {
        inserted.addFirst(Value.Seq.of(Value.number(j - 1), next.get(j - 1)));
        j--;
      } else {
        // Told from the last one on, as positions of what was.
        deleted.add(Value.number(i - 1));
        i--;
      }
    }
    Map<String, Value> shown = new LinkedHashMap<>();
    List.copyOf(changed.keySet())
        .reversed()
        .forEach(at -> shown.put(Integer.toString(at), changed.getOrDefault(at, Value.NULL)));
    if (!inserted.isEmpty()) {
      shown.put("$insert", new Value.Seq(inserted));
    }
    if (!deleted.isEmpty()) {
      shown.put("$delete", new Value.Seq(deleted));
    }
    int all = before.size() + inserted.size();
    return told(after, Value.Dict.ofTexts(shown), all == 0 ? 1 : alike / all);
  }
}
