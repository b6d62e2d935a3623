package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.List;

/** Which values are true. */
public final class Truth {

  private Truth() {}

  /** Python's rule: nothing, zero and what is empty are false. */
  public static boolean of(Value value) {
    return switch (value) {
      case Value.Null none -> false;
      case Value.Bool bool -> bool.value();
      case Value.Int number -> number.value().signum() != 0;
      case Value.Real real -> real.value() != 0;
      case Value.Textual text -> !text.reveal().isEmpty();
      case Value.Dict dict -> !dict.entries().isEmpty();
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      case Mapping mapping -> !mapping.keys().isEmpty();
      default -> {
        List<Value> items = Sequences.view(value);
        yield items == null || !items.isEmpty();
      }
    };
  }
}
