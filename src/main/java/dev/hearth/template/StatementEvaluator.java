package dev.hearth.template;

import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Truth;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.template.syntax.Expr;
import dev.hearth.template.syntax.Node;
import dev.hearth.template.syntax.Node.Target;
import dev.hearth.value.Value;
import java.util.List;

/** Runs the statements of a template and gathers what they put out. */
final class StatementEvaluator {

  private StatementEvaluator() {}

  /** What a body puts out. */
  static Pieces run(List<Node> body, Context context) {
    Pieces pieces = new Pieces();
    context.blocks().register(body, context.locator());
    Inheritance.body(body, context, pieces);
    return pieces;
  }

  static void all(List<Node> body, Context context, Pieces pieces) {
    for (Node node : body) {
      one(node, context, pieces);
    }
  }

  static void one(Node node, Context context, Pieces pieces) {
    try {
      switch (node) {
        case Node.Data data -> pieces.add(Value.text(data.text()));
        case Node.Output output -> {
          Value given = ExpressionEvaluator.evaluate(output.value(), context);
          context.evaluation().tell(given);
          pieces.add(given);
        }
        case Node.If conditional -> conditional(conditional, context, pieces);
        case Node.For loop -> LoopEvaluator.run(loop, context, pieces);
        case Node.Do action -> ExpressionEvaluator.evaluate(action.value(), context);
        case Node.LoopControl control -> throw new LoopExit(control.ends());
        case Node.Assign assign ->
            assign(assign.target(), ExpressionEvaluator.evaluate(assign.value(), context), context);
        case Node.AssignBlock block -> assignBlock(block, context);
        case Node.Macro macro -> context.frame().set(macro.name(), new MacroObject(macro, context));
        case Node.CallBlock call -> callBlock(call, context, pieces);
        case Node.FilterBlock filter -> {
          Value body = captured(filter.body(), context.inner());
          pieces.add(Calls.chain(filter.filter(), body, context));
        }
        case Node.With with -> with(with, context, pieces);
        case Node.Block block -> Inheritance.block(block, context, pieces);
        case Node.Include include -> Reuse.include(include, context, pieces);
        case Node.Import all -> Reuse.importAll(all, context);
        case Node.FromImport names -> Reuse.importNames(names, context);
        case Node.Extends parent -> throw new PythonError("{% extends %} is allowed only once");
      }
    } catch (PythonError error) {
      throw context.failure(node.at(), error);
    }
  }

  private static void conditional(Node.If conditional, Context context, Pieces pieces) {
    for (Node.Branch branch : conditional.branches()) {
      if (holds(branch.condition(), context)) {
        all(branch.body(), context, pieces);
        return;
      }
    }
    all(conditional.otherwise(), context, pieces);
  }

  static boolean holds(Expr condition, Context context) {
    try {
      return Truth.of(ExpressionEvaluator.evaluate(condition, context));
    } catch (PythonError error) {
      throw context.failure(condition.at(), error);
    }
  }

  /** What a body puts out, as a value of its own. */
  static Value captured(List<Node> body, Context context) {
    Pieces inner = new Pieces();
    all(body, context, inner);
    return inner.value(context.evaluation());
  }

  private static void assignBlock(Node.AssignBlock block, Context context) {
    Value value = captured(block.body(), context.inner());
    Expr filter = block.filter();
    assign(block.target(), filter == null ? value : Calls.chain(filter, value, context), context);
  }

  /** Assigns in the innermost frame, or to an attribute of a namespace. */
  static void assign(Target target, Value value, Context context) {
    switch (target) {
      case Target.Variable variable -> context.frame().set(variable.name(), value);
      case Target.Member member -> {
        Value object = context.frame().find(member.namespace());
        if (!(object instanceof NamespaceObject namespace)) {
          throw new PythonError(
              "cannot assign an attribute on something that is no namespace: '"
                  + member.namespace()
                  + "'");
        }
        namespace.set(member.attribute(), value);
      }
      case Target.Unpack unpack -> unpack(unpack, value, context);
    }
  }

  private static void unpack(Target.Unpack unpack, Value value, Context context) {
    Value whole = context.evaluation().settle(value);
    List<Value> items = Sequences.iterable(whole);
    if (items == null) {
      throw new PythonError("cannot unpack a value of type '" + TypeName.of(whole) + "'");
    }
    int wanted = unpack.parts().size();
    if (items.size() != wanted) {
      throw new PythonError(
          items.size() < wanted
              ? "not enough values to unpack (expected %d, got %d)".formatted(wanted, items.size())
              : "too many values to unpack (expected %d)".formatted(wanted));
    }
    for (int i = 0; i < wanted; i++) {
      assign(unpack.parts().get(i), context.evaluation().settle(items.get(i)), context);
    }
  }

  private static void callBlock(Node.CallBlock block, Context context, Pieces pieces) {
    MacroObject caller =
        new MacroObject(
            new Node.Macro(block.at(), "caller", block.parameters(), block.body()), context);
    Value callee = ExpressionEvaluator.evaluate(block.call().callee(), context);
    Calls.Given given = Calls.given(block.call().arguments(), context);
    switch (callee) {
      case MacroObject macro -> pieces.add(macro.call(given.positional(), given.named(), caller));
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      default -> throw new PythonError("a value of type '" + TypeName.of(callee) + "' is no macro");
    }
  }

  private static void with(Node.With with, Context context, Pieces pieces) {
    Context inner = context.inner();
    for (Node.Assign binding : with.bindings()) {
      assign(binding.target(), ExpressionEvaluator.evaluate(binding.value(), context), inner);
    }
    all(with.body(), inner, pieces);
  }
}
