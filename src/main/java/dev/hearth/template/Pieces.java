package dev.hearth.template;

import dev.hearth.template.python.Printed;
import dev.hearth.template.python.Taint;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parts of a template gave. One part alone keeps its type; several make text; none makes
 * nothing, as in 2.19.
 */
final class Pieces {

  private static final int LONGEST = 100_000_000;

  private final List<Value> parts = new ArrayList<>();
  private long size;

  void add(Value part) {
    if (!(part instanceof Value.Null)) {
      parts.add(Resolver.snapshot(part));
      size += part instanceof Value.Textual text ? text.reveal().length() : 1;
      if (size > LONGEST) {
        throw new dev.hearth.template.python.PythonError("the result is too long");
      }
    }
  }

  /** The result with its own type. */
  Value value(Evaluation evaluation) {
    return switch (parts.size()) {
      case 0 -> Value.NULL;
      case 1 -> parts.getFirst();
      default -> text(evaluation);
    };
  }

  /** The result as text whatever it is. */
  Value.Textual text(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    boolean tainted = false;
    for (Value part : parts) {
      Value whole =
          ExpressionEvaluator.isNothing(part) ? Value.NULL : evaluation.finishForText(part);
      tainted |= Taint.in(whole);
      if (!(whole instanceof Value.Null) && !(whole instanceof Value.Omit)) {
        text.append(Printed.str(whole));
      }
    }
    return tainted ? new Value.Secret(text.toString()) : new Value.Text(text.toString());
  }
}
