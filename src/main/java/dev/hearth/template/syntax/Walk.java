package dev.hearth.template.syntax;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Visits the parts of templates. */
public final class Walk {

  private Walk() {}

  /** Gives every expression of a body, outer ones before what they are made of. */
  public static void expressions(List<Node> body, Consumer<Expr> visitor) {
    body.forEach(node -> node(node, visitor));
  }

  /** Gives an expression and all that it is made of. */
  public static void expression(@Nullable Expr expr, Consumer<Expr> visitor) {
    if (expr == null) {
      return;
    }
    visitor.accept(expr);
    parts(expr, part -> expression(part, visitor));
  }

  private static void node(Node node, Consumer<Expr> visitor) {
    switch (node) {
      case Node.Data data -> {}
      case Node.Output output -> expression(output.value(), visitor);
      case Node.If conditional -> {
        for (Node.Branch branch : conditional.branches()) {
          expression(branch.condition(), visitor);
          expressions(branch.body(), visitor);
        }
        expressions(conditional.otherwise(), visitor);
      }
      case Node.For loop -> {
        expression(loop.items(), visitor);
        expression(loop.condition(), visitor);
        expressions(loop.body(), visitor);
        expressions(loop.otherwise(), visitor);
      }
      case Node.Do action -> expression(action.value(), visitor);
      case Node.LoopControl control -> {}
      case Node.Assign assign -> expression(assign.value(), visitor);
      case Node.AssignBlock block -> {
        expression(block.filter(), visitor);
        expressions(block.body(), visitor);
      }
      case Node.Macro macro -> {
        macro.parameters().forEach(parameter -> expression(parameter.fallback(), visitor));
        expressions(macro.body(), visitor);
      }
      case Node.CallBlock call -> {
        call.parameters().forEach(parameter -> expression(parameter.fallback(), visitor));
        expression(call.call(), visitor);
        expressions(call.body(), visitor);
      }
      case Node.FilterBlock filter -> {
        expression(filter.filter(), visitor);
        expressions(filter.body(), visitor);
      }
      case Node.With with -> {
        with.bindings().forEach(binding -> expression(binding.value(), visitor));
        expressions(with.body(), visitor);
      }
      case Node.Include include -> expression(include.name(), visitor);
      case Node.Import all -> expression(all.name(), visitor);
      case Node.FromImport names -> expression(names.name(), visitor);
      case Node.Extends parent -> expression(parent.name(), visitor);
      case Node.Block block -> expressions(block.body(), visitor);
    }
  }

  /** Gives the expressions that an expression is directly made of. */
  public static void parts(Expr expr, Consumer<Expr> visitor) {
    switch (expr) {
      case Expr.Literal literal -> {}
      case Expr.Embedded embedded -> {}
      case Expr.Name name -> {}
      case Expr.ListOf list -> list.items().forEach(visitor);
      case Expr.TupleOf tuple -> tuple.items().forEach(visitor);
      case Expr.DictOf dict ->
          dict.entries()
              .forEach(
                  pair -> {
                    visitor.accept(pair.key());
                    visitor.accept(pair.value());
                  });
      case Expr.Attribute attribute -> visitor.accept(attribute.target());
      case Expr.Item item -> {
        visitor.accept(item.target());
        visitor.accept(item.key());
      }
      case Expr.Slice slice -> {
        visitor.accept(slice.target());
        given(slice.from(), visitor);
        given(slice.to(), visitor);
        given(slice.step(), visitor);
      }
      case Expr.Call call -> {
        visitor.accept(call.callee());
        arguments(call.arguments(), visitor);
      }
      case Expr.Filtered filtered -> {
        given(filtered.input(), visitor);
        arguments(filtered.arguments(), visitor);
      }
      case Expr.Tested tested -> {
        visitor.accept(tested.input());
        arguments(tested.arguments(), visitor);
      }
      case Expr.Not not -> visitor.accept(not.operand());
      case Expr.Signed signed -> visitor.accept(signed.operand());
      case Expr.Binary binary -> {
        visitor.accept(binary.left());
        visitor.accept(binary.right());
      }
      case Expr.Concat concat -> concat.parts().forEach(visitor);
      case Expr.And and -> {
        visitor.accept(and.left());
        visitor.accept(and.right());
      }
      case Expr.Or or -> {
        visitor.accept(or.left());
        visitor.accept(or.right());
      }
      case Expr.Compare compare -> {
        visitor.accept(compare.first());
        compare.rest().forEach(operand -> visitor.accept(operand.value()));
      }
      case Expr.Choice choice -> {
        visitor.accept(choice.condition());
        visitor.accept(choice.then());
        given(choice.otherwise(), visitor);
      }
    }
  }

  private static void given(@Nullable Expr expr, Consumer<Expr> visitor) {
    if (expr != null) {
      visitor.accept(expr);
    }
  }

  /** Gives the expressions between the parentheses of a call. */
  public static void arguments(Expr.Arguments arguments, Consumer<Expr> visitor) {
    arguments.positional().forEach(visitor);
    arguments.named().forEach(named -> visitor.accept(named.value()));
    given(arguments.rest(), visitor);
    given(arguments.keywords(), visitor);
  }
}
