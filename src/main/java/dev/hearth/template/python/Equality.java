package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When two values are equal: numbers by value, True as 1, texts by characters, lists by items. */
public final class Equality {

  private Equality() {}

  /** Whether Python's {@code ==} holds. */
  public static boolean equal(Value left, Value right) {
    if (left instanceof Value.Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    if (right instanceof Value.Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    if (left instanceof Value.Textual a && right instanceof Value.Textual b) {
      return a.reveal().equals(b.reveal());
    }
    return key(left).equals(key(right));
  }

  private record Kind(String name, Object content) {}

  /** An object that is equal for equal values, for sets and maps. */
  public static Object key(Value value) {
    return switch (value) {
      case Value.Textual text -> text.reveal();
      case Value.Bool bool -> bool.value() ? BigInteger.ONE : BigInteger.ZERO;
      case Value.Int number -> number.value();
      case Value.Real real -> real(real.value());
      case Value.Null none -> none;
      case Tuple tuple -> new Kind("tuple", keys(tuple.items()));
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      default -> container(value);
    };
  }

  private static Object container(Value value) {
    List<Value> items = Sequences.view(value);
    if (items != null) {
      return keys(items);
    }
    Map<Value, Value> entries = Mappings.view(value);
    if (entries == null) {
      return value;
    }
    Map<Object, Object> keys = new HashMap<>();
    entries.forEach((name, content) -> keys.put(key(name), key(content)));
    return keys;
  }

  private static Object real(double number) {
    boolean whole = number == Math.rint(number) && !Double.isInfinite(number);
    return whole ? new BigDecimal(number).toBigInteger() : (Object) number;
  }

  private static List<Object> keys(List<Value> items) {
    List<Object> keys = new ArrayList<>(items.size());
    items.forEach(item -> keys.add(key(item)));
    return keys;
  }

  /** Whether Python's {@code in} holds. */
  public static boolean contains(Value container, Value item) {
    return switch (container) {
      case Value.Textual text -> {
        if (item instanceof Value.Undefined undefined) {
          throw new UndefinedUse(undefined);
        }
        if (!(item instanceof Value.Textual part)) {
          throw new PythonError(
              "'in <string>' requires string as left operand, not " + TypeName.of(item));
        }
        yield text.reveal().contains(part.reveal());
      }
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      default -> {
        if (Mappings.is(container)) {
          yield Mappings.get(container, item) != null;
        }
        List<Value> items = Sequences.view(container);
        if (items == null) {
          throw new PythonError(
              "argument of type '" + TypeName.of(container) + "' is not iterable");
        }
        yield items.stream().anyMatch(one -> equal(one, item));
      }
    };
  }
}
