package dev.hearth.template.query;

import dev.hearth.diag.Nearest;
import dev.hearth.template.filter.JsonText;
import dev.hearth.template.python.Arithmetic;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Ordering;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The functions of the specification. */
final class Functions {

  /**
   * An argument.
   *
   * @param reference whether it is an expression for the function to apply ({@code &name})
   * @param query the expression
   */
  record Argument(boolean reference, Query query) {}

  private interface Body {
    Value apply(Given given);
  }

  private record Function(int least, int most, Body body) {}

  private static final JsonText COMPACT = new JsonText(-1, false, true, ",", ":");
  private static final Map<String, Function> ALL = all();

  private Functions() {}

  private static Map<String, Function> all() {
    Map<String, Function> all = new TreeMap<>();
    one(all, "abs", given -> absolute(given.number(0)));
    one(all, "avg", Functions::average);
    one(all, "ceil", given -> rounded(given.number(0), RoundingMode.CEILING));
    one(all, "floor", given -> rounded(given.number(0), RoundingMode.FLOOR));
    one(all, "keys", given -> new Value.Seq(List.copyOf(given.entries(0).keySet())));
    one(all, "values", given -> new Value.Seq(List.copyOf(given.entries(0).values())));
    one(all, "length", Functions::length);
    one(all, "max", given -> end(given.comparable(0), true));
    one(all, "min", given -> end(given.comparable(0), false));
    one(all, "reverse", Functions::reversed);
    one(all, "sort", given -> new Value.Seq(sorted(given.comparable(0))));
    one(all, "sum", given -> sum(given.numbers(0)));
    one(all, "to_array", given -> given.isList(0) ? given.get(0) : Value.Seq.of(given.get(0)));
    one(all, "to_number", Functions::toNumber);
    one(all, "to_string", Functions::toText);
    one(all, "type", given -> Value.text(Given.type(given.get(0))));
    two(all, "contains", Functions::contains);
    two(all, "starts_with", given -> Value.bool(given.text(0).startsWith(given.text(1))));
    two(all, "ends_with", given -> Value.bool(given.text(0).endsWith(given.text(1))));
    two(all, "join", Functions::joined);
    two(all, "map", Functions::mapped);
    two(all, "max_by", given -> by(given, true));
    two(all, "min_by", given -> by(given, false));
    two(all, "sort_by", given -> new Value.Seq(sortedBy(given)));
    all.put("merge", new Function(1, Integer.MAX_VALUE, Functions::merged));
    all.put("not_null", new Function(1, Integer.MAX_VALUE, Functions::firstThere));
    return all;
  }

  private static void one(Map<String, Function> all, String name, Body body) {
    all.put(name, new Function(1, 1, body));
  }

  private static void two(Map<String, Function> all, String name, Body body) {
    all.put(name, new Function(2, 2, body));
  }

  /** The call of a function; it is refused at once when it cannot be. */
  static Query call(String name, List<Argument> arguments) {
    Function function = ALL.get(name);
    if (function == null) {
      throw new PythonError(
          "has no function '" + name + "': " + Nearest.hint(name, ALL.keySet(), "check the name"));
    }
    if (arguments.size() < function.least() || arguments.size() > function.most()) {
      throw new PythonError(
          "calls '"
              + name
              + "' with "
              + arguments.size()
              + " arguments: it takes "
              + (function.most() > 2 ? "one or more" : function.least()));
    }
    return data -> function.body().apply(new Given(name, data, arguments));
  }

  private static Value absolute(Value number) {
    return number instanceof Value.Real real
        ? new Value.Real(Math.abs(real.value()))
        : new Value.Int(((Value.Int) number).value().abs());
  }

  private static Value rounded(Value number, RoundingMode mode) {
    return number instanceof Value.Real real
        ? new Value.Int(BigDecimal.valueOf(real.value()).setScale(0, mode).toBigInteger())
        : number;
  }

  private static Value sum(List<Value> numbers) {
    Value sum = new Value.Int(BigInteger.ZERO);
    for (Value number : numbers) {
      sum = Arithmetic.apply("+", sum, number);
    }
    return sum;
  }

  private static Value average(Given given) {
    List<Value> numbers = given.numbers(0);
    return numbers.isEmpty()
        ? Value.NULL
        : Arithmetic.apply("/", sum(numbers), Value.number(numbers.size()));
  }

  private static Value length(Given given) {
    Value value = given.get(0);
    if (value instanceof Value.Textual text) {
      return Value.number(text.reveal().codePointCount(0, text.reveal().length()));
    }
    return Value.number(given.isList(0) ? given.list(0).size() : given.entries(0).size());
  }

  private static Value reversed(Given given) {
    if (given.get(0) instanceof Value.Textual text) {
      return text.with(new StringBuilder(text.reveal()).reverse().toString());
    }
    List<Value> items = new ArrayList<>(given.list(0));
    Collections.reverse(items);
    return new Value.Seq(items);
  }

  private static List<Value> sorted(List<Value> items) {
    List<Value> sorted = new ArrayList<>(items);
    sorted.sort((a, b) -> Ordering.compare(a, b, "<"));
    return sorted;
  }

  private static Value end(List<Value> items, boolean last) {
    if (items.isEmpty()) {
      return Value.NULL;
    }
    List<Value> sorted = sorted(items);
    return last ? sorted.getLast() : sorted.getFirst();
  }

  private static List<Value> sortedBy(Given given) {
    List<Value> items = given.list(0);
    Query key = given.reference(1);
    List<Value> keys = given.comparable(items.stream().map(key::search).toList());
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing(keys::get, (Value a, Value b) -> Ordering.compare(a, b, "<")));
    return order.stream().map(items::get).toList();
  }

  private static Value by(Given given, boolean last) {
    List<Value> sorted = sortedBy(given);
    if (sorted.isEmpty()) {
      return Value.NULL;
    }
    if (!last) {
      return sorted.getFirst();
    }
    Query key = given.reference(1);
    Value most = key.search(sorted.getLast());
    return sorted.stream()
        .filter(item -> Equality.equal(key.search(item), most))
        .findFirst()
        .orElseThrow();
  }

  private static Value contains(Given given) {
    if (given.get(0) instanceof Value.Textual text) {
      return Value.bool(
          given.get(1) instanceof Value.Textual part && text.reveal().contains(part.reveal()));
    }
    return Value.bool(given.list(0).stream().anyMatch(item -> Parts.equal(item, given.get(1))));
  }

  private static Value joined(Given given) {
    List<String> parts = new ArrayList<>();
    for (Value item : given.list(1)) {
      if (!(item instanceof Value.Textual text)) {
        throw given.refused(1, "an array of strings");
      }
      parts.add(text.reveal());
    }
    return Value.text(String.join(given.text(0), parts));
  }

  private static Value mapped(Given given) {
    Query query = given.reference(0);
    return new Value.Seq(given.list(1).stream().map(query::search).toList());
  }

  private static Value merged(Given given) {
    Map<Value, Value> merged = new LinkedHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      merged.putAll(given.entries(i));
    }
    return new Value.Dict(merged);
  }

  private static Value firstThere(Given given) {
    for (int i = 0; i < given.size(); i++) {
      Value value = given.get(i);
      if (!(value instanceof Value.Null)) {
        return value;
      }
    }
    return Value.NULL;
  }

  private static Value toNumber(Given given) {
    Value value = given.get(0);
    if (Parts.number(value)) {
      return value;
    }
    if (!(value instanceof Value.Textual text)) {
      return Value.NULL;
    }
    BigInteger whole = Numbers.parseWhole(text.reveal(), 10);
    if (whole != null) {
      return new Value.Int(whole);
    }
    try {
      return new Value.Real(Double.parseDouble(text.reveal().strip()));
    } catch (NumberFormatException none) {
      return Value.NULL;
    }
  }

  private static Value toText(Given given) {
    Value value = given.get(0);
    return value instanceof Value.Textual ? value : Value.text(COMPACT.write(value));
  }
}
