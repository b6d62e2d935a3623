package dev.hearth.template.query;

import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call with the types that a function asks for.
 *
 * @param function its name
 * @param data what the expression is applied to
 * @param arguments as they are written
 */
record Given(String function, Value data, List<Functions.Argument> arguments) {

  int size() {
    return arguments.size();
  }

  Value get(int place) {
    if (arguments.get(place).reference()) {
      throw new PythonError(
          "cannot give '" + function + "' an expression (&) as argument " + (place + 1));
    }
    return arguments.get(place).query().search(data);
  }

  Query reference(int place) {
    if (!arguments.get(place).reference()) {
      throw refused(place, "an expression (&name)");
    }
    return arguments.get(place).query();
  }

  PythonError refused(int place, String wanted) {
    Functions.Argument argument = arguments.get(place);
    String got = argument.reference() ? "an expression" : type(get(place));
    return new PythonError(
        "needs " + wanted + " as argument " + (place + 1) + " of '" + function + "', not " + got);
  }

  static String type(Value value) {
    return switch (value) {
      case Value.Null none -> "null";
      case Value.Bool bool -> "boolean";
      case Value.Textual text -> "string";
      default -> Parts.number(value) ? "number" : Mappings.is(value) ? "object" : "array";
    };
  }

  boolean isList(int place) {
    return Parts.items(get(place)) != null;
  }

  List<Value> list(int place) {
    List<Value> items = Parts.items(get(place));
    if (items == null) {
      throw refused(place, "an array");
    }
    return items;
  }

  Map<Value, Value> entries(int place) {
    Map<Value, Value> entries = Mappings.view(get(place));
    if (entries == null) {
      throw refused(place, "an object");
    }
    return entries;
  }

  String text(int place) {
    if (get(place) instanceof Value.Textual text) {
      return text.reveal();
    }
    throw refused(place, "a string");
  }

  Value number(int place) {
    Value value = get(place);
    if (!Parts.number(value)) {
      throw refused(place, "a number");
    }
    return value;
  }

  List<Value> numbers(int place) {
    List<Value> items = list(place);
    if (!items.stream().allMatch(Parts::number)) {
      throw refused(place, "an array of numbers");
    }
    return items;
  }

  List<Value> comparable(int place) {
    return comparable(list(place));
  }

  /** Values that can be put in an order: all numbers, or all strings. */
  List<Value> comparable(List<Value> items) {
    boolean numbers = items.stream().allMatch(Parts::number);
    if (!numbers && !items.stream().allMatch(Value.Textual.class::isInstance)) {
      throw new PythonError("needs numbers or strings to compare in '" + function + "'");
    }
    return items;
  }
}
