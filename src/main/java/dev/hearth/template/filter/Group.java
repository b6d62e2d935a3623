package dev.hearth.template.filter;

import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.Sequence;
import dev.hearth.template.python.Tuple;
import dev.hearth.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of {@code groupby}: a pair whose parts have the names grouper and list. */
record Group(List<Value> items) implements Sequence, Attributed {

  static Group of(Value key, Value members) {
    return new Group(List.of(key, members));
  }

  @Override
  public @Nullable Value attribute(String name) {
    return switch (name) {
      case "grouper" -> items.getFirst();
      case "list" -> items.getLast();
      default -> null;
    };
  }

  @Override
  public String typeName() {
    return "tuple";
  }

  @Override
  public String printed() {
    return Printed.repr(new Tuple(items));
  }
}
