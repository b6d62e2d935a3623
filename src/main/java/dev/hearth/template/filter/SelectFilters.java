package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Filters that apply a test or another filter to every item. */
final class SelectFilters {

  private SelectFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "map", Filter.passing("* **", SelectFilters::map),
        "select", Filter.passing("* **", call -> select(call, false, true)),
        "reject", Filter.passing("* **", call -> select(call, false, false)),
        "selectattr", Filter.passing("* **", call -> select(call, true, true)),
        "rejectattr", Filter.passing("* **", call -> select(call, true, false)));
  }

  /** What is not true, such as none or 0, counts as empty. */
  private static List<Value> items(Call call) {
    return Truth.of(call.input()) ? call.inputItems() : List.of();
  }

  private static Value map(Call call) {
    List<Value> made = new ArrayList<>();
    if (call.rest().isEmpty()) {
      Value path = call.keywords().get("attribute");
      if (path == null) {
        throw new PythonError("needs the name of a filter, or attribute=");
      }
      Value fallback = call.keywords().get("default");
      for (Value item : items(call)) {
        made.add(Attributes.at(call, item, path, fallback));
      }
      return new Value.Seq(made);
    }
    String name = Printed.str(call.rest().getFirst());
    List<Value> arguments = call.rest().subList(1, call.rest().size());
    for (Value item : items(call)) {
      made.add(call.engine().filter(name, item, arguments, call.keywords()));
    }
    return new Value.Seq(made);
  }

  private static Value select(Call call, boolean byAttribute, boolean wanted) {
    List<Value> arguments = new ArrayList<>(call.rest());
    Map<String, Value> named = new LinkedHashMap<>(call.keywords());
    Value path = Value.NULL;
    if (byAttribute) {
      if (arguments.isEmpty()) {
        throw new PythonError("needs the name of an attribute");
      }
      path = arguments.removeFirst();
    }
    String test = arguments.isEmpty() ? "" : Printed.str(arguments.removeFirst());
    List<Value> kept = new ArrayList<>();
    for (Value item : items(call)) {
      Value asked = byAttribute ? Attributes.at(call, item, path) : item;
      boolean holds =
          test.isEmpty() ? Truth.of(asked) : call.engine().test(test, asked, arguments, named);
      if (holds == wanted) {
        kept.add(item);
      }
    }
    return new Value.Seq(kept);
  }
}
