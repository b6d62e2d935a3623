package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The methods of Python's {@code list} and {@code tuple}. */
final class ListMethods {

  static final Set<String> NAMES =
      Set.of(
          "append", "extend", "insert", "pop", "remove", "sort", "reverse", "clear", "index",
          "count", "copy");

  private ListMethods() {}

  static Value call(Value self, String name, MethodArguments arguments) {
    List<Value> items = Sequences.iterate(self);
    return switch (name) {
      case "count" -> {
        Value wanted = arguments.required(0, "value");
        yield Value.number(items.stream().filter(one -> Equality.equal(one, wanted)).count());
      }
      case "index" -> Value.number(index(items, arguments.required(0, "value")));
      case "copy" -> new MutableList(items);
      default -> {
        if (!(self instanceof MutableList list)) {
          throw new PythonError(
              "'" + TypeName.of(self) + "' object cannot be changed by a template");
        }
        yield change(list.live(), name, arguments);
      }
    };
  }

  private static Value change(List<Value> list, String name, MethodArguments arguments) {
    switch (name) {
      case "append" -> list.add(arguments.required(0, "object"));
      case "extend" ->
          list.addAll(List.copyOf(Sequences.iterate(arguments.required(0, "iterable"))));
      case "insert" -> {
        int place = arguments.number(0, "index", 0);
        int from = place < 0 ? place + list.size() : place;
        list.add(Math.clamp(from, 0, list.size()), arguments.required(1, "object"));
      }
      case "pop" -> {
        return pop(list, arguments.number(0, "index", -1));
      }
      case "remove" -> list.remove(index(list, arguments.required(0, "value")));
      case "sort" -> {
        Comparator<Value> order = (a, b) -> Ordering.compare(a, b, "<");
        list.sort(arguments.flag(1, "reverse") ? order.reversed() : order);
      }
      case "reverse" -> Collections.reverse(list);
      default -> list.clear();
    }
    return Value.NULL;
  }

  private static Value pop(List<Value> list, int index) {
    int place = index < 0 ? index + list.size() : index;
    if (place < 0 || place >= list.size()) {
      throw new PythonError(list.isEmpty() ? "pop from empty list" : "pop index out of range");
    }
    return list.remove(place);
  }

  private static int index(List<Value> items, Value wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (Equality.equal(items.get(i), wanted)) {
        return i;
      }
    }
    throw new PythonError("the value is not in the list");
  }
}
