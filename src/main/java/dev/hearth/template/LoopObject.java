package dev.hearth.template;

import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop} inside a loop; called, it runs a recursive loop one level down. */
final class LoopObject implements Attributed, Callable {

  private final List<Value> items;
  private final int depth;
  private final UnaryOperator<Value> recursion;
  private int index;
  private @Nullable Value lastChange;

  LoopObject(List<Value> items, int depth, UnaryOperator<Value> recursion) {
    this.items = items;
    this.depth = depth;
    this.recursion = recursion;
  }

  void moveTo(int place) {
    index = place;
  }

  @Override
  public @Nullable Value attribute(String name) {
    return switch (name) {
      case "index" -> Value.number(index + 1);
      case "index0" -> Value.number(index);
      case "revindex" -> Value.number(items.size() - index);
      case "revindex0" -> Value.number(items.size() - index - 1);
      case "first" -> Value.bool(index == 0);
      case "last" -> Value.bool(index == items.size() - 1);
      case "length" -> Value.number(items.size());
      case "depth" -> Value.number(depth + 1);
      case "depth0" -> Value.number(depth);
      case "previtem" ->
          index > 0 ? items.get(index - 1) : new Value.Undefined("there is no previous item", null);
      case "nextitem" ->
          index + 1 < items.size()
              ? items.get(index + 1)
              : new Value.Undefined("there is no next item", null);
      case "cycle" -> cycle();
      case "changed" -> changed();
      default -> null;
    };
  }

  private Callable cycle() {
    return (positional, named) -> {
      if (positional.isEmpty()) {
        throw new PythonError("no items for cycling given");
      }
      return positional.get(index % positional.size());
    };
  }

  private Callable changed() {
    return (positional, named) -> {
      Value now = new Value.Seq(positional);
      Value before = lastChange;
      lastChange = now;
      return Value.bool(before == null || !Equality.equal(before, now));
    };
  }

  @Override
  public Value call(List<Value> positional, Map<String, Value> named) {
    if (positional.size() != 1) {
      throw new PythonError("loop() takes the items of the next level");
    }
    return recursion.apply(positional.getFirst());
  }

  @Override
  public String typeName() {
    return "LoopContext";
  }

  @Override
  public String printed() {
    return "<LoopContext " + (index + 1) + "/" + items.size() + ">";
  }
}
