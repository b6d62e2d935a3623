package dev.hearth.template.standard;

import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code cycler()} makes: gives its items in turn for ever. */
final class Cycler implements Attributed {

  private final List<Value> items;
  private int place;

  Cycler(List<Value> items) {
    if (items.isEmpty()) {
      throw new PythonError("cycler() takes at least one item");
    }
    this.items = List.copyOf(items);
  }

  @Override
  public @Nullable Value attribute(String name) {
    return switch (name) {
      case "current" -> items.get(place);
      case "next" -> next();
      case "reset" -> reset();
      default -> null;
    };
  }

  private Callable next() {
    return (positional, named) -> {
      Value now = items.get(place);
      place = (place + 1) % items.size();
      return now;
    };
  }

  private Callable reset() {
    return (positional, named) -> {
      place = 0;
      return Value.NULL;
    };
  }

  @Override
  public String typeName() {
    return "Cycler";
  }

  @Override
  public String printed() {
    return "<Cycler>";
  }
}
