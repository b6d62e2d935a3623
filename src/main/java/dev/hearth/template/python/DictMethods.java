package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods of Python's {@code dict}. */
final class DictMethods {

  static final Set<String> NAMES =
      Set.of(
          "get",
          "items",
          "keys",
          "values",
          "copy",
          "pop",
          "popitem",
          "setdefault",
          "update",
          "clear",
          "fromkeys");

  private DictMethods() {}

  static Value call(Value self, String name, MethodArguments arguments) {
    return switch (name) {
      case "get" -> {
        Value found = Mappings.get(self, arguments.required(0, "key"));
        yield found != null ? found : otherwise(arguments);
      }
      case "keys" -> new Value.Seq(Sequences.iterate(self));
      case "values" -> new Value.Seq(List.copyOf(entries(self).values()));
      case "items" -> {
        List<Value> pairs = new ArrayList<>();
        entries(self).forEach((key, value) -> pairs.add(Tuple.of(key, value)));
        yield new Value.Seq(pairs);
      }
      case "copy" -> new MutableDict(entries(self));
      case "fromkeys" -> {
        Map<Value, Value> made = new LinkedHashMap<>();
        Value value = otherwise(arguments);
        Sequences.iterate(arguments.required(0, "iterable")).forEach(key -> made.put(key, value));
        yield new MutableDict(made);
      }
      default -> {
        if (!(self instanceof MutableDict dict)) {
          throw new PythonError(
              "'" + TypeName.of(self) + "' object cannot be changed by a template");
        }
        yield change(dict.live(), name, arguments);
      }
    };
  }

  /** The second argument, which may be undefined: {@code d.get(key, missing)} is no use of it. */
  private static Value otherwise(MethodArguments arguments) {
    if (arguments.positional().size() > 1) {
      return arguments.positional().get(1);
    }
    return arguments.named().getOrDefault("default", Value.NULL);
  }

  private static Map<Value, Value> entries(Value self) {
    Map<Value, Value> entries = Mappings.view(self);
    return entries == null ? Map.of() : entries;
  }

  private static Value change(Map<Value, Value> dict, String name, MethodArguments arguments) {
    switch (name) {
      case "pop" -> {
        Value gone = dict.remove(Mappings.canonical(arguments.required(0, "key")));
        if (gone == null && arguments.positional().size() < 2) {
          throw new PythonError("the mapping has no such key");
        }
        return gone != null ? gone : arguments.positional().get(1);
      }
      case "popitem" -> {
        if (dict.isEmpty()) {
          throw new PythonError("the mapping is empty");
        }
        Value key = List.copyOf(dict.keySet()).getLast();
        Value value = dict.remove(key);
        return Tuple.of(key, value == null ? Value.NULL : value);
      }
      case "setdefault" -> {
        Value key = arguments.required(0, "key");
        Value found = Mappings.find(dict, key);
        if (found != null) {
          return found;
        }
        Value value = otherwise(arguments);
        dict.put(key, value);
        return value;
      }
      case "update" -> update(dict, arguments);
      default -> dict.clear();
    }
    return Value.NULL;
  }

  private static void update(Map<Value, Value> dict, MethodArguments arguments) {
    if (!arguments.positional().isEmpty()) {
      dict.putAll(pairs(arguments.required(0, "other")));
    }
    arguments.named().forEach((key, value) -> dict.put(Value.text(key), value));
  }

  /** The entries of a mapping, or of a list of pairs. */
  static Map<Value, Value> pairs(Value source) {
    Map<Value, Value> entries = Mappings.view(source);
    if (entries != null) {
      return entries;
    }
    Map<Value, Value> made = new LinkedHashMap<>();
    for (Value pair : Sequences.iterate(source)) {
      List<Value> sides = Sequences.iterate(pair);
      if (sides.size() != 2) {
        throw new PythonError("a mapping is made of pairs; this item has " + sides.size());
      }
      made.put(Mappings.canonical(sides.getFirst()), sides.getLast());
    }
    return made;
  }
}
