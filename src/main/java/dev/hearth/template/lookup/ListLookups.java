package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.Lookups;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Splitting;
import dev.hearth.template.python.Truth;
import dev.hearth.template.python.Tuple;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lookups behind {@code with_items} and its kin: lists made of the terms. */
final class ListLookups {

  private ListLookups() {}

  static Map<String, Lookup> all() {
    Map<String, Lookup> all = new HashMap<>();
    all.put("items", Lookup.of("", call -> Lookups.flattened(call.input())));
    all.put("list", Lookup.of("", Call::inputItems));
    Lookup flattened = Lookup.of("", call -> flattened(call.inputItems()));
    all.put("flattened", flattened);
    all.put("community.general.flattened", flattened);
    all.put("dict", Lookup.of("", ListLookups::dict));
    Lookup nested = Lookup.of("", call -> nested(lists(call)));
    all.put("nested", nested);
    all.put("cartesian", nested);
    all.put("community.general.cartesian", nested);
    all.put("together", Lookup.of("", call -> together(lists(call))));
    all.put("indexed_items", Lookup.of("", ListLookups::indexed));
    all.put("random_choice", Lookup.of("", ListLookups::random));
    all.put("subelements", Lookup.of("", ListLookups::subelements));
    return all;
  }

  private static List<Value> flattened(List<Value> items) {
    List<Value> flat = new ArrayList<>();
    for (Value item : items) {
      List<Value> inner = Sequences.view(item);
      if (inner == null) {
        flat.add(item);
      } else {
        flat.addAll(flattened(inner));
      }
    }
    return flat;
  }

  private static List<Value> dict(Call call) {
    List<Value> items = new ArrayList<>();
    for (Value term : Lookups.flattened(call.input())) {
      Map<Value, Value> entries = Mappings.view(term);
      if (entries == null) {
        throw new PythonError("needs a mapping");
      }
      entries.forEach(
          (key, value) -> {
            Map<String, Value> item = new LinkedHashMap<>();
            item.put("key", key);
            item.put("value", value);
            items.add(Value.Dict.ofTexts(item));
          });
    }
    return items;
  }

  /** The terms as lists, each flattened by one level. */
  private static List<List<Value>> lists(Call call) {
    List<List<Value>> lists = new ArrayList<>();
    for (Value term : call.inputItems()) {
      List<Value> items = Sequences.view(term);
      lists.add(items == null ? List.of(term) : Lookups.flattened(term));
    }
    if (lists.isEmpty()) {
      throw new PythonError("needs at least one list");
    }
    return lists;
  }

  private static List<Value> nested(List<List<Value>> lists) {
    List<List<Value>> rows = List.of(List.of());
    for (List<Value> list : lists) {
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
    return rows.stream().<Value>map(Value.Seq::new).toList();
  }

  private static List<Value> together(List<List<Value>> lists) {
    int longest = lists.stream().mapToInt(List::size).max().orElse(0);
    List<Value> rows = new ArrayList<>();
    for (int i = 0; i < longest; i++) {
      List<Value> row = new ArrayList<>();
      for (List<Value> list : lists) {
        row.add(i < list.size() ? list.get(i) : Value.NULL);
      }
      rows.add(new Value.Seq(row));
    }
    return rows;
  }

  private static List<Value> indexed(Call call) {
    List<Value> items = Lookups.flattened(call.input());
    List<Value> pairs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      pairs.add(Value.Seq.of(Value.number(i), items.get(i)));
    }
    return pairs;
  }

  private static List<Value> random(Call call) {
    List<Value> items = call.inputItems();
    if (items.isEmpty()) {
      return List.of();
    }
    return List.of(items.get(call.engine().surroundings().random().nextInt(items.size())));
  }

  private static List<Value> subelements(Call call) {
    List<Value> terms = call.inputItems();
    if (terms.size() < 2 || terms.size() > 3) {
      throw new PythonError("needs a list, the name of a sub-list, and perhaps options");
    }
    Value skipping =
        terms.size() == 3 ? Mappings.get(terms.get(2), Value.text("skip_missing")) : null;
    boolean skip = skipping != null && Truth.of(skipping);
    Value made =
        call.engine()
            .filter("subelements", terms.get(0), List.of(terms.get(1), Value.bool(skip)), Map.of());
    List<Value> pairs = new ArrayList<>();
    for (Value pair : Sequences.iterate(made)) {
      if (pair instanceof Tuple tuple) {
        pairs.add(
            Value.Seq.of(without(tuple.items().getFirst(), terms.get(1)), tuple.items().getLast()));
      }
    }
    return pairs;
  }

  /** The item without its sub-list, as this lookup gives it. */
  private static Value without(Value item, Value path) {
    Map<Value, Value> entries = Mappings.view(item);
    if (entries == null || !(path instanceof Value.Textual text)) {
      return item;
    }
    Map<Value, Value> rest = new LinkedHashMap<>(entries);
    List<String> steps = Splitting.split(text.reveal(), ".", 1, false);
    Value key = Value.text(steps.getFirst());
    Value inner = rest.get(key);
    if (steps.size() == 1 || inner == null) {
      rest.remove(key);
    } else {
      rest.put(key, without(inner, Value.text(steps.getLast())));
    }
    return new Value.Dict(rest);
  }
}
