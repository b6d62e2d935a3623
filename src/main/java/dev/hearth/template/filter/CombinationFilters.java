package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Tuple;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists put together with others: pairs, products, choices, sub-elements. */
final class CombinationFilters {

  private static final int MOST = 1_000_000;

  private CombinationFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "zip", Filter.passing("*", call -> zip(call, null)),
        "zip_longest",
            Filter.passing(
                "* **", call -> zip(call, call.keywords().getOrDefault("fillvalue", Value.NULL))),
        "product", Filter.passing("* **", CombinationFilters::product),
        "permutations", Filter.passing("r?", CombinationFilters::permutations),
        "combinations", Filter.passing("r", CombinationFilters::combinations),
        "subelements",
            Filter.passing("subelements skip_missing?", CombinationFilters::subelements));
  }

  private static List<List<Value>> lists(Call call) {
    List<List<Value>> lists = new ArrayList<>(List.of(call.inputItems()));
    call.rest().forEach(list -> lists.add(Sequences.iterate(list)));
    return lists;
  }

  private static Value zip(Call call, @Nullable Value fill) {
    List<List<Value>> lists = lists(call);
    int shortest = lists.stream().mapToInt(List::size).min().orElse(0);
    int longest = lists.stream().mapToInt(List::size).max().orElse(0);
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < (fill == null ? shortest : longest); i++) {
      List<Value> row = new ArrayList<>();
      for (List<Value> list : lists) {
        row.add(i < list.size() ? list.get(i) : fill == null ? Value.NULL : fill);
      }
      rows.add(new Tuple(row));
    }
    return new Value.Seq(rows);
  }

  private static Value product(Call call) {
    List<List<Value>> lists = lists(call);
    Value repeat = call.keywords().getOrDefault("repeat", Value.number(1));
    int times =
        repeat instanceof Value.Int number && number.value().bitLength() < 8
            ? number.value().intValue()
            : 1;
    List<List<Value>> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(lists);
    }
    return new Value.Seq(product(all).stream().<Value>map(Tuple::new).toList());
  }

  /** Every way to take one item of each list, the last list turning fastest. */
  private static List<List<Value>> product(List<List<Value>> lists) {
    List<List<Value>> rows = List.of(List.of());
    for (List<Value> list : lists) {
      requireSmall((long) rows.size() * list.size());
      List<List<Value>> longer = new ArrayList<>();
      for (List<Value> row : rows) {
        for (Value item : list) {
          List<Value> extended = new ArrayList<>(row);
          extended.add(item);
          longer.add(extended);
        }
      }
      rows = longer;
    }
    return rows;
  }

  private static void requireSmall(long size) {
    if (size > MOST) {
      throw new PythonError("makes more than " + MOST + " items");
    }
  }

  private static Value permutations(Call call) {
    List<Value> items = call.inputItems();
    List<Value> rows = new ArrayList<>();
    choose(items, call.number("r", items.size()), false, new ArrayList<>(), rows);
    return new Value.Seq(rows);
  }

  private static Value combinations(Call call) {
    List<Value> rows = new ArrayList<>();
    choose(call.inputItems(), call.number("r", 0), true, new ArrayList<>(), rows);
    return new Value.Seq(rows);
  }

  private static void choose(
      List<Value> items, int wanted, boolean ordered, List<Integer> chosen, List<Value> rows) {
    if (chosen.size() == wanted) {
      rows.add(new Tuple(chosen.stream().map(items::get).toList()));
      requireSmall(rows.size());
      return;
    }
    int from = ordered && !chosen.isEmpty() ? chosen.getLast() + 1 : 0;
    for (int i = from; i < items.size(); i++) {
      if (ordered || !chosen.contains(i)) {
        chosen.add(i);
        choose(items, wanted, ordered, chosen, rows);
        chosen.removeLast();
      }
    }
  }

  private static Value subelements(Call call) {
    Value path = call.get("subelements");
    boolean skip = call.flag("skip_missing", false);
    List<Value> outer =
        Mappings.is(call.input()) ? List.copyOf(call.inputEntries().values()) : call.inputItems();
    List<Value> pairs = new ArrayList<>();
    for (Value item : outer) {
      Value found = path(call, item, path);
      List<Value> inner = found instanceof Value.Undefined ? null : Sequences.view(found);
      if (inner == null) {
        if (skip && found instanceof Value.Undefined && Mappings.is(item)) {
          continue;
        }
        throw new PythonError(
            "needs a list under '" + call.text("subelements", "the path") + "' in every item");
      }
      inner.forEach(one -> pairs.add(Tuple.of(item, one)));
    }
    return new Value.Seq(pairs);
  }

  private static Value path(Call call, Value item, Value path) {
    List<Value> steps = Sequences.view(path);
    if (steps == null) {
      return Attributes.at(call, item, path);
    }
    Value found = item;
    for (Value step : steps) {
      found = call.engine().item(found, step);
    }
    return found;
  }
}
