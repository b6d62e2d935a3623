package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Sequences;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Lists as sets, in the order of the items. */
final class SetFilters {

  private SetFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "unique", Filter.passing("case_sensitive? attribute?", SetFilters::unique),
        "union", Filter.passing("b", SetFilters::union),
        "intersect", Filter.passing("b", call -> kept(call, keys(other(call))::contains)),
        "difference", Filter.passing("b", call -> kept(call, not(keys(other(call))))),
        "symmetric_difference", Filter.passing("b", SetFilters::symmetric));
  }

  private static Predicate<Object> not(Set<Object> keys) {
    return key -> !keys.contains(key);
  }

  private static List<Value> other(Call call) {
    return Sequences.iterate(call.get("b"));
  }

  private static Set<Object> keys(List<Value> items) {
    Set<Object> keys = new HashSet<>();
    items.forEach(item -> keys.add(Equality.key(item)));
    return keys;
  }

  private static void addNew(
      List<Value> items, Predicate<Object> wanted, Set<Object> seen, List<Value> kept) {
    for (Value item : items) {
      Object key = Equality.key(item);
      if (wanted.test(key) && seen.add(key)) {
        kept.add(item);
      }
    }
  }

  private static Value kept(Call call, Predicate<Object> wanted) {
    List<Value> kept = new ArrayList<>();
    addNew(call.inputItems(), wanted, new HashSet<>(), kept);
    return new Value.Seq(kept);
  }

  private static Value unique(Call call) {
    boolean caseCounts = call.flag("case_sensitive", false);
    Value path = call.get("attribute", Value.NULL);
    Set<Object> seen = new HashSet<>();
    List<Value> kept = new ArrayList<>();
    for (Value item : call.inputItems()) {
      Value compared = path instanceof Value.Null ? item : Attributes.at(call, item, path);
      if (seen.add(Equality.key(Attributes.folded(compared, caseCounts)))) {
        kept.add(item);
      }
    }
    return new Value.Seq(kept);
  }

  private static Value union(Call call) {
    List<Value> kept = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    addNew(call.inputItems(), key -> true, seen, kept);
    addNew(other(call), key -> true, seen, kept);
    return new Value.Seq(kept);
  }

  private static Value symmetric(Call call) {
    List<Value> kept = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    addNew(call.inputItems(), not(keys(other(call))), seen, kept);
    addNew(other(call), not(keys(call.inputItems())), seen, kept);
    return new Value.Seq(kept);
  }
}
