package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads mappings of every kind. */
public final class Mappings {

  private Mappings() {}

  /** Whether the value is a mapping. */
  public static boolean is(Value value) {
    return value instanceof Value.Dict || value instanceof Mapping;
  }

  /** The entries of a mapping of any kind, or null when the value is none. */
  public static @Nullable Map<Value, Value> view(Value value) {
    return switch (value) {
      case Value.Dict dict -> dict.entries();
      case MutableDict dict -> dict.entries();
      case Mapping mapping -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        for (Value key : mapping.keys()) {
          Value found = mapping.get(key);
          if (found != null) {
            entries.put(key, found);
          }
        }
        yield entries;
      }
      default -> null;
    };
  }

  /** The value under a key of a mapping, or null. */
  public static @Nullable Value get(Value mapping, Value key) {
    return switch (mapping) {
      case Value.Dict dict -> find(dict.entries(), key);
      case Mapping other -> other.get(key);
      default -> null;
    };
  }

  /** The entry under a key as Python finds it: 1, 1.0 and True are the same key. */
  static @Nullable Value find(Map<Value, Value> entries, Value key) {
    Value found = entries.get(key);
    if (found != null || key instanceof Value.Text) {
      return found;
    }
    Value other = canonical(key);
    found = entries.get(other);
    return found != null ? found : entries.get(twin(other));
  }

  /** 1 for True and 0 for False, and the other way round. */
  private static Value twin(Value key) {
    return switch (key) {
      case Value.Bool bool -> Value.number(bool.value() ? 1 : 0);
      case Value.Int number when number.value().bitLength() < 2 && number.value().signum() >= 0 ->
          Value.bool(number.value().signum() > 0);
      default -> key;
    };
  }

  /** Stores an entry; an equal key that is already there stays and gets the value. */
  public static void put(Map<Value, Value> entries, Value key, Value value) {
    Value form = canonical(key);
    entries.put(
        !entries.containsKey(form) && entries.containsKey(twin(form)) ? twin(form) : form, value);
  }

  /** The form in which a key is stored. */
  public static Value canonical(Value key) {
    return switch (key) {
      case Value.Secret secret -> new Value.Text(secret.reveal());
      case Value.Bool bool -> bool;
      case Value.Real real
          when real.value() == Math.rint(real.value()) && !Double.isInfinite(real.value()) ->
          new Value.Int(new BigDecimal(real.value()).toBigInteger());
      default -> key;
    };
  }
}
