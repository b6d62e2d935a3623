package dev.hearth.template.query;

import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Ordering;
import dev.hearth.template.python.Sequences;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What expressions are made of. */
final class Parts {

  private Parts() {}

  /** Empty text, lists and mappings are false, and so are false and nothing. */
  static boolean truth(Value value) {
    List<Value> items = items(value);
    Map<Value, Value> entries = Mappings.view(value);
    return switch (value) {
      case Value.Null none -> false;
      case Value.Bool bool -> bool.value();
      case Value.Textual text -> !text.reveal().isEmpty();
      default -> items != null ? !items.isEmpty() : entries == null || !entries.isEmpty();
    };
  }

  static @Nullable List<Value> items(Value value) {
    return Mappings.is(value) ? null : Sequences.view(value);
  }

  static Query field(String name) {
    return data -> {
      Value found = Mappings.is(data) ? Mappings.get(data, Value.text(name)) : null;
      return found == null ? Value.NULL : found;
    };
  }

  static Query chained(Query left, Query right) {
    return data -> right.search(left.search(data));
  }

  static Query or(Query left, Query right) {
    return data -> {
      Value first = left.search(data);
      return truth(first) ? first : right.search(data);
    };
  }

  static Query and(Query left, Query right) {
    return data -> {
      Value first = left.search(data);
      return truth(first) ? right.search(data) : first;
    };
  }

  static Query not(Query operand) {
    return data -> Value.bool(!truth(operand.search(data)));
  }

  static Query comparison(String sign, Query left, Query right) {
    return data -> {
      Value a = left.search(data);
      Value b = right.search(data);
      return switch (sign) {
        case "==" -> Value.bool(equal(a, b));
        case "!=" -> Value.bool(!equal(a, b));
        default -> ordered(sign, a, b);
      };
    };
  }

  /** True and one are not the same here. */
  static boolean equal(Value a, Value b) {
    return a instanceof Value.Bool == b instanceof Value.Bool && Equality.equal(a, b);
  }

  private static Value ordered(String sign, Value a, Value b) {
    if (!comparable(a) || !comparable(b)) {
      return Value.NULL;
    }
    int order = Ordering.compare(a, b, sign);
    return Value.bool(
        switch (sign) {
          case "<" -> order < 0;
          case "<=" -> order <= 0;
          case ">" -> order > 0;
          default -> order >= 0;
        });
  }

  private static boolean comparable(Value value) {
    return number(value) || value instanceof Value.Textual;
  }

  static boolean number(Value value) {
    return Numbers.is(value) && !(value instanceof Value.Bool);
  }

  static Query index(Query left, BigInteger index) {
    return data -> {
      List<Value> items = items(left.search(data));
      if (items == null || index.bitLength() > 31) {
        return Value.NULL;
      }
      int place = index.intValue() < 0 ? items.size() + index.intValue() : index.intValue();
      return place >= 0 && place < items.size() ? items.get(place) : Value.NULL;
    };
  }

  static Query slice(Query left, Value[] bounds) {
    return data -> {
      Value list = left.search(data);
      return items(list) == null
          ? Value.NULL
          : Sequences.slice(list, bounds[0], bounds[1], bounds[2]);
    };
  }

  /** The right side of every item; what it does not find is left out. */
  static Query projection(Query left, Query right) {
    return data -> {
      List<Value> items = items(left.search(data));
      return items == null ? Value.NULL : each(items, right);
    };
  }

  static Query values(Query left, Query right) {
    return data -> {
      Map<Value, Value> entries = Mappings.view(left.search(data));
      return entries == null ? Value.NULL : each(entries.values(), right);
    };
  }

  private static Value each(Iterable<Value> items, Query right) {
    List<Value> found = new ArrayList<>();
    for (Value item : items) {
      Value one = right.search(item);
      if (!(one instanceof Value.Null)) {
        found.add(one);
      }
    }
    return new Value.Seq(found);
  }

  static Query filtered(Query left, Query condition, Query right) {
    return data -> {
      List<Value> items = items(left.search(data));
      return items == null
          ? Value.NULL
          : each(items.stream().filter(item -> truth(condition.search(item))).toList(), right);
    };
  }

  static Query flattened(Query left) {
    return data -> {
      List<Value> items = items(left.search(data));
      if (items == null) {
        return Value.NULL;
      }
      List<Value> flat = new ArrayList<>();
      for (Value item : items) {
        List<Value> inner = items(item);
        flat.addAll(inner == null ? List.of(item) : inner);
      }
      return new Value.Seq(flat);
    };
  }

  static Query list(List<Query> queries) {
    return data ->
        data instanceof Value.Null
            ? Value.NULL
            : new Value.Seq(queries.stream().map(query -> query.search(data)).toList());
  }

  static Query mapping(Map<String, Query> queries) {
    return data -> {
      if (data instanceof Value.Null) {
        return Value.NULL;
      }
      Map<String, Value> entries = new LinkedHashMap<>();
      queries.forEach((name, query) -> entries.put(name, query.search(data)));
      return Value.Dict.ofTexts(entries);
    };
  }
}
