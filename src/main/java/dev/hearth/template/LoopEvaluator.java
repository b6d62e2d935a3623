package dev.hearth.template;

import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.template.syntax.Expr;
import dev.hearth.template.syntax.Node;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code for} loops. */
final class LoopEvaluator {

  private LoopEvaluator() {}

  static void run(Node.For loop, Context context, Pieces pieces) {
    Value items = ExpressionEvaluator.evaluate(loop.items(), context);
    round(loop, items, context, 0, pieces);
  }

  private static void round(
      Node.For loop, Value source, Context context, int depth, Pieces pieces) {
    if (source instanceof Value.Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    List<Value> items = selected(loop, Sequences.iterate(source), context);
    LoopObject state =
        new LoopObject(
            items,
            depth,
            inner -> {
              if (!loop.recursive()) {
                throw new dev.hearth.template.python.PythonError(
                    "the loop is not recursive: write {% for … recursive %}");
              }
              Pieces nested = new Pieces();
              context.evaluation().deeper(context.locate(loop.at()));
              round(loop, inner, context, depth + 1, nested);
              context.evaluation().rise();
              return nested.value(context.evaluation());
            });
    for (int i = 0; i < items.size(); i++) {
      state.moveTo(i);
      Context inner = context.inner();
      inner.frame().set("loop", state);
      StatementEvaluator.assign(loop.target(), items.get(i), inner);
      try {
        StatementEvaluator.all(loop.body(), inner, pieces);
      } catch (LoopExit exit) {
        if (exit.ends()) {
          break;
        }
      }
    }
    if (items.isEmpty()) {
      StatementEvaluator.all(loop.otherwise(), context.inner(), pieces);
    }
  }

  private static List<Value> selected(Node.For loop, List<Value> all, Context context) {
    Expr condition = loop.condition();
    List<Value> items = new ArrayList<>(all.size());
    for (Value item : all) {
      Value settled = context.evaluation().settle(item);
      if (condition == null || wanted(loop, condition, settled, context.inner())) {
        items.add(settled);
      }
    }
    return items;
  }

  private static boolean wanted(Node.For loop, Expr condition, Value item, Context inner) {
    StatementEvaluator.assign(loop.target(), item, inner);
    return StatementEvaluator.holds(condition, inner);
  }
}
