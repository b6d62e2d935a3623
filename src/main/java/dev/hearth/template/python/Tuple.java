package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.List;

/** A tuple: a list that prints with parentheses and cannot be changed. */
public record Tuple(List<Value> items) implements Sequence {

  /** Keeps its own copy. */
  public Tuple {
    items = List.copyOf(items);
  }

  /** A tuple of these. */
  public static Tuple of(Value... items) {
    return new Tuple(List.of(items));
  }
}
