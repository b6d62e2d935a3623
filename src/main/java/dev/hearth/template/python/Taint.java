package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps secrets secret: what is made from one is one. */
public final class Taint {

  private Taint() {}

  /** Whether a secret is anywhere inside. */
  public static boolean in(Value value) {
    return switch (value) {
      case Value.Secret secret -> true;
      case Value.Template template -> template.secret();
      case Value.Vaulted vaulted -> true;
      case Value.Seq seq -> any(seq.items());
      case Value.Dict dict -> any(dict.entries().values()) || any(dict.entries().keySet());
      case Sequence sequence -> any(sequence.items());
      case MutableDict dict -> any(dict.live().values());
      default -> false;
    };
  }

  private static boolean any(Iterable<Value> values) {
    for (Value value : values) {
      if (in(value)) {
        return true;
      }
    }
    return false;
  }

  /** The value with its texts made secret when one of the sources is tainted. */
  public static Value spread(Value made, Value... sources) {
    return any(List.of(sources)) ? secret(made) : made;
  }

  /** The value with all its texts made secret. */
  public static Value secret(Value value) {
    return switch (value) {
      case Value.Text text -> new Value.Secret(text.value(), text.trusted());
      case Value.Seq seq -> new Value.Seq(all(seq.items()));
      case Tuple tuple -> new Tuple(all(tuple.items()));
      case MutableList list -> new MutableList(all(list.items()));
      case Value.Dict dict -> new Value.Dict(all(dict.entries()));
      case MutableDict dict -> new MutableDict(all(dict.entries()));
      default -> value;
    };
  }

  private static List<Value> all(List<Value> items) {
    List<Value> secrets = new ArrayList<>(items.size());
    items.forEach(item -> secrets.add(secret(item)));
    return secrets;
  }

  private static Map<Value, Value> all(Map<Value, Value> entries) {
    Map<Value, Value> secrets = new LinkedHashMap<>();
    entries.forEach((key, value) -> secrets.put(key, secret(value)));
    return secrets;
  }
}
