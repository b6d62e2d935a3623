package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Ordering;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRandom;
import dev.hearth.template.python.Splitting;
import dev.hearth.template.python.Tuple;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Filters that order: sort, least and greatest, groups, chance. */
final class OrderFilters {

  private OrderFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.put("sort", Filter.passing("reverse? case_sensitive? attribute?", OrderFilters::sort));
    all.put("dictsort", Filter.passing("case_sensitive? by? reverse?", OrderFilters::dictsort));
    all.put("min", Filter.passing("case_sensitive? attribute?", call -> extreme(call, false)));
    all.put("max", Filter.passing("case_sensitive? attribute?", call -> extreme(call, true)));
    all.put("groupby", Filter.passing("attribute default? case_sensitive?", OrderFilters::groups));
    all.put("shuffle", Filter.passing("seed?", OrderFilters::shuffle));
    all.put("random", Filter.passing("start? step? seed?", OrderFilters::random));
    return all;
  }

  private static int compare(Value left, Value right) {
    return Ordering.compare(left, right, "<");
  }

  /** What an item is ordered by: itself or its attributes, several with commas between them. */
  private static Value key(Call call, Value item, boolean caseCounts) {
    Value path = call.get("attribute", Value.NULL);
    if (path instanceof Value.Null) {
      return Attributes.folded(item, caseCounts);
    }
    if (path instanceof Value.Textual text && text.reveal().contains(",")) {
      List<Value> keys = new ArrayList<>();
      for (String one : Splitting.split(text.reveal(), ",", -1, false)) {
        keys.add(Attributes.folded(Attributes.at(call, item, Value.text(one)), caseCounts));
      }
      return new Tuple(keys);
    }
    return Attributes.folded(Attributes.at(call, item, path), caseCounts);
  }

  private static Value sort(Call call) {
    boolean caseCounts = call.flag("case_sensitive", false);
    List<Value> items = new ArrayList<>(call.inputItems());
    Comparator<Value> order = (a, b) -> compare(key(call, a, caseCounts), key(call, b, caseCounts));
    items.sort(call.flag("reverse", false) ? order.reversed() : order);
    return new Value.Seq(items);
  }

  private static Value dictsort(Call call) {
    boolean caseCounts = call.flag("case_sensitive", false);
    String by = call.text("by", "key");
    if (!by.equals("key") && !by.equals("value")) {
      throw new PythonError("needs by='key' or by='value'");
    }
    List<Map.Entry<Value, Value>> entries = new ArrayList<>(call.inputEntries().entrySet());
    Comparator<Map.Entry<Value, Value>> order =
        (a, b) ->
            compare(
                Attributes.folded(by.equals("key") ? a.getKey() : a.getValue(), caseCounts),
                Attributes.folded(by.equals("key") ? b.getKey() : b.getValue(), caseCounts));
    entries.sort(call.flag("reverse", false) ? order.reversed() : order);
    return new Value.Seq(
        entries.stream().<Value>map(entry -> Tuple.of(entry.getKey(), entry.getValue())).toList());
  }

  private static Value extreme(Call call, boolean greatest) {
    boolean caseCounts = call.flag("case_sensitive", false);
    List<Value> items = call.inputItems();
    if (items.isEmpty()) {
      return new Value.Undefined("there is no least or greatest item: the sequence is empty", null);
    }
    Value best = items.getFirst();
    for (Value item : items.subList(1, items.size())) {
      int order = compare(key(call, item, caseCounts), key(call, best, caseCounts));
      best = greatest ? (order > 0 ? item : best) : (order < 0 ? item : best);
    }
    return best;
  }

  private static Value groups(Call call) {
    boolean caseCounts = call.flag("case_sensitive", false);
    List<Map.Entry<Value, Value>> keyed = new ArrayList<>();
    for (Value item : call.inputItems()) {
      Value found = Attributes.read(call, item, "attribute");
      if (found instanceof Value.Undefined && call.has("default")) {
        found = call.get("default");
      }
      keyed.add(Map.entry(found, item));
    }
    keyed.sort(
        (a, b) ->
            compare(
                Attributes.folded(a.getKey(), caseCounts),
                Attributes.folded(b.getKey(), caseCounts)));
    List<Value> groups = new ArrayList<>();
    List<Value> members = new ArrayList<>();
    for (int i = 0; i < keyed.size(); i++) {
      Value key = keyed.get(i).getKey();
      members.add(keyed.get(i).getValue());
      boolean last =
          i + 1 == keyed.size()
              || !Equality.equal(
                  Attributes.folded(key, caseCounts),
                  Attributes.folded(keyed.get(i + 1).getKey(), caseCounts));
      if (last) {
        Value name = keyed.get(i + 1 - members.size()).getKey();
        groups.add(Group.of(name, new Value.Seq(members)));
        members = new ArrayList<>();
      }
    }
    return new Value.Seq(groups);
  }

  private static PythonRandom generator(Call call) {
    Value seed = call.get("seed", Value.NULL);
    return switch (seed) {
      case Value.Null none -> PythonRandom.seeded(call.engine().surroundings().random().nextLong());
      case Value.Textual text -> PythonRandom.seeded(text.reveal());
      default -> {
        BigInteger number = Numbers.whole(seed);
        if (number == null) {
          throw new PythonError("needs a text or a whole number as seed");
        }
        yield PythonRandom.seeded(number.abs());
      }
    };
  }

  private static Value shuffle(Call call) {
    List<Value> items = new ArrayList<>(call.inputItems());
    PythonRandom random = generator(call);
    for (int i = items.size() - 1; i > 0; i--) {
      Collections.swap(items, i, random.below(i + 1));
    }
    return new Value.Seq(items);
  }

  private static Value random(Call call) {
    PythonRandom random = generator(call);
    BigInteger end = Numbers.whole(call.input());
    if (end == null) {
      List<Value> items = call.inputItems();
      if (items.isEmpty()) {
        throw new PythonError("needs at least one item");
      }
      return items.get(random.below(items.size()));
    }
    int start = call.number("start", 0);
    int step = call.number("step", 1);
    long width = end.longValueExact() - start;
    long count = step > 0 ? (width + step - 1) / step : 0;
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw new PythonError("needs an end above the start and a step above zero");
    }
    return Value.number(start + (long) step * random.below((int) count));
  }
}
