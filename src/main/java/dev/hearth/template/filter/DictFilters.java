package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Tuple;
import dev.hearth.template.python.TypeName;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Filters for mappings. */
final class DictFilters {

  private DictFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "combine", Filter.passing("* **", DictFilters::combine),
        "dict2items", Filter.passing("key_name? value_name?", DictFilters::toItems),
        "items2dict", Filter.passing("key_name? value_name?", DictFilters::fromItems),
        "items", Filter.passing("", DictFilters::items),
        "rekey_on_member", Filter.passing("key duplicates?", DictFilters::rekey));
  }

  private static Value combine(Call call) {
    boolean recursive = truth(call, "recursive");
    String lists = Printed.str(call.keywords().getOrDefault("list_merge", Value.text("replace")));
    List<Value> given = new ArrayList<>(List.of(call.input()));
    given.addAll(call.rest());
    List<Value> all = new ArrayList<>();
    ListFilters.flatten(given, 1, true, all);
    if (all.size() == 1) {
      return all.getFirst();
    }
    Map<Value, Value> made = new LinkedHashMap<>();
    for (Value one : all) {
      Map<Value, Value> entries = Mappings.view(one);
      if (entries == null) {
        throw new PythonError(
            "needs mappings; one of its arguments is of type '" + TypeName.of(one) + "'");
      }
      merge(made, entries, recursive, lists);
    }
    return new Value.Dict(made);
  }

  private static boolean truth(Call call, String name) {
    return dev.hearth.template.python.Truth.of(
        call.keywords().getOrDefault(name, Value.Bool.FALSE));
  }

  private static void merge(
      Map<Value, Value> base, Map<Value, Value> over, boolean recursive, String lists) {
    over.forEach(
        (key, value) -> {
          Value before = base.get(key);
          Map<Value, Value> inner = before == null ? null : Mappings.view(before);
          Map<Value, Value> outer = Mappings.view(value);
          if (recursive && inner != null && outer != null) {
            Map<Value, Value> merged = new LinkedHashMap<>(inner);
            merge(merged, outer, true, lists);
            base.put(key, new Value.Dict(merged));
          } else if (before != null
              && Sequences.view(before) != null
              && Sequences.view(value) != null) {
            base.put(key, lists(Sequences.iterate(before), Sequences.iterate(value), lists));
          } else {
            base.put(key, value);
          }
        });
  }

  private static Value lists(List<Value> before, List<Value> after, String how) {
    List<Value> made = new ArrayList<>();
    switch (how) {
      case "replace" -> made.addAll(after);
      case "keep" -> made.addAll(before);
      case "append" -> {
        made.addAll(before);
        made.addAll(after);
      }
      case "prepend" -> {
        made.addAll(after);
        made.addAll(before);
      }
      case "append_rp" -> {
        made.addAll(without(before, after));
        made.addAll(after);
      }
      case "prepend_rp" -> {
        made.addAll(after);
        made.addAll(without(before, after));
      }
      default ->
          throw new PythonError(
              "has no list_merge '"
                  + how
                  + "': it has replace, keep, append, prepend, append_rp, prepend_rp");
    }
    return new Value.Seq(made);
  }

  private static List<Value> without(List<Value> items, List<Value> gone) {
    Set<Object> keys = new HashSet<>();
    gone.forEach(item -> keys.add(Equality.key(item)));
    return items.stream().filter(item -> !keys.contains(Equality.key(item))).toList();
  }

  private static Value toItems(Call call) {
    String keyName = call.text("key_name", "key");
    String valueName = call.text("value_name", "value");
    List<Value> items = new ArrayList<>();
    call.inputEntries()
        .forEach(
            (key, value) -> {
              Map<String, Value> item = new LinkedHashMap<>();
              item.put(keyName, key);
              item.put(valueName, value);
              items.add(Value.Dict.ofTexts(item));
            });
    return new Value.Seq(items);
  }

  private static Value fromItems(Call call) {
    Value keyName = Value.text(call.text("key_name", "key"));
    Value valueName = Value.text(call.text("value_name", "value"));
    if (Mappings.is(call.input()) || call.input() instanceof Value.Textual) {
      throw new PythonError(
          "needs a list, not a value of type '" + TypeName.of(call.input()) + "'");
    }
    Map<Value, Value> made = new LinkedHashMap<>();
    for (Value item : call.inputItems()) {
      Value key = Mappings.get(item, keyName);
      Value value = Mappings.get(item, valueName);
      if (key == null || value == null) {
        throw new PythonError(
            "needs items with '%s' and '%s'"
                .formatted(Printed.str(keyName), Printed.str(valueName)));
      }
      made.put(Mappings.canonical(key), value);
    }
    return new Value.Dict(made);
  }

  private static Value items(Call call) {
    List<Value> pairs = new ArrayList<>();
    call.inputEntries().forEach((key, value) -> pairs.add(Tuple.of(key, value)));
    return new Value.Seq(pairs);
  }

  private static Value rekey(Call call) {
    boolean overwrite = call.text("duplicates", "error").equals("overwrite");
    List<Value> items =
        Mappings.is(call.input()) ? List.copyOf(call.inputEntries().values()) : call.inputItems();
    Map<Value, Value> made = new LinkedHashMap<>();
    for (Value item : items) {
      Value key = Mappings.get(item, call.get("key"));
      if (key == null) {
        throw new PythonError("needs '" + call.text("key") + "' in every item");
      }
      if (made.put(Mappings.canonical(key), item) != null && !overwrite) {
        throw new PythonError("got the key '" + call.text("key") + "' with the same value twice");
      }
    }
    return new Value.Dict(made);
  }
}
