package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lists, tuples and texts: iteration, indices, slices. */
public final class Sequences {

  private Sequences() {}

  /** The items of a list, tuple or range, or null when the value is none. */
  public static @Nullable List<Value> view(Value value) {
    return switch (value) {
      case Value.Seq seq -> seq.items();
      case Sequence sequence -> sequence.items();
      default -> null;
    };
  }

  /** What a loop over the value sees: items, keys of a mapping, characters of a text. */
  public static List<Value> iterate(Value value) {
    List<Value> items = iterable(value);
    if (items == null) {
      throw new PythonError("'" + TypeName.of(value) + "' object is not iterable");
    }
    return items;
  }

  /** The same, or null when the value cannot be looped over. */
  public static @Nullable List<Value> iterable(Value value) {
    List<Value> items = view(value);
    if (items != null) {
      return items;
    }
    if (value instanceof Mapping mapping) {
      return List.copyOf(mapping.keys());
    }
    Map<Value, Value> entries = Mappings.view(value);
    if (entries != null) {
      return List.copyOf(entries.keySet());
    }
    return switch (value) {
      case Value.Textual text -> characters(text);
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      default -> null;
    };
  }

  private static List<Value> characters(Value.Textual text) {
    List<Value> characters = new ArrayList<>();
    text.reveal().codePoints().forEach(c -> characters.add(text.with(Character.toString(c))));
    return characters;
  }

  /** How many items, entries or characters. */
  public static int length(Value value) {
    return switch (value) {
      case Value.Textual text -> text.reveal().codePointCount(0, text.reveal().length());
      case Value.Dict dict -> dict.entries().size();
      default -> {
        List<Value> items = iterable(value);
        if (items == null) {
          throw new PythonError("object of type '" + TypeName.of(value) + "' has no len()");
        }
        yield items.size();
      }
    };
  }

  /** The item at an index, which may count from the end; null when there is none. */
  public static @Nullable Value at(Value sequence, BigInteger index) {
    if (index.bitLength() > 31) {
      return null;
    }
    int n = index.intValue();
    List<Value> items = sequence instanceof Value.Textual ? iterate(sequence) : view(sequence);
    if (items == null) {
      return null;
    }
    int place = n < 0 ? n + items.size() : n;
    return place >= 0 && place < items.size() ? items.get(place) : null;
  }

  /** A slice of a list, tuple or text. */
  public static Value slice(Value value, Value from, Value to, Value step) {
    List<Value> items = value instanceof Value.Textual ? iterate(value) : view(value);
    if (items == null) {
      throw new PythonError("'" + TypeName.of(value) + "' object cannot be sliced");
    }
    List<Value> picked = pick(items, bound(from), bound(to), bound(step));
    return switch (value) {
      case Value.Textual text -> {
        StringBuilder characters = new StringBuilder();
        picked.forEach(c -> characters.append(((Value.Textual) c).reveal()));
        yield text.with(characters.toString());
      }
      case Tuple tuple -> new Tuple(picked);
      default -> new Value.Seq(picked);
    };
  }

  private static @Nullable Integer bound(Value value) {
    return switch (value) {
      case Value.Null none -> null;
      case Value.Int number ->
          number.value().bitLength() > 31
              ? (number.value().signum() < 0 ? -Integer.MAX_VALUE : Integer.MAX_VALUE)
              : number.value().intValue();
      case Value.Bool bool -> bool.value() ? 1 : 0;
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      default -> throw new PythonError("slice indices must be integers or none");
    };
  }

  private static List<Value> pick(
      List<Value> items, @Nullable Integer from, @Nullable Integer to, @Nullable Integer step) {
    long by = step == null ? 1 : step;
    if (by == 0) {
      throw new PythonError("slice step cannot be zero");
    }
    int size = items.size();
    long start = from == null ? (by > 0 ? 0 : size - 1) : clip(from, size, by);
    long stop = to == null ? (by > 0 ? size : -1) : clip(to, size, by);
    List<Value> picked = new ArrayList<>();
    for (long i = start; by > 0 ? i < stop : i > stop; i += by) {
      picked.add(items.get((int) i));
    }
    return picked;
  }

  private static long clip(int index, int size, long step) {
    long place = index < 0 ? (long) index + size : index;
    long low = step > 0 ? 0 : -1;
    long high = step > 0 ? size : size - 1L;
    return Math.clamp(place, low, high);
  }
}
