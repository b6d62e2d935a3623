package dev.hearth.template.syntax;

import dev.hearth.template.syntax.Expr.Arguments;
import dev.hearth.template.syntax.Expr.Named;
import dev.hearth.template.syntax.Token.Kind;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What stands in the parentheses of a call, a filter or a test. */
final class ArgumentParser {

  private static final Set<String> LOOKUPS = Set.of("lookup", "query", "q");

  private final Words words;
  private final ExpressionParser expressions;

  ArgumentParser(Words words, ExpressionParser expressions) {
    this.words = words;
    this.expressions = expressions;
  }

  /** What stands in the parentheses here. */
  Arguments parse() {
    return parse(false);
  }

  /** The arguments of a function; the terms of a lookup may be templates. */
  Arguments of(Expr callee) {
    return parse(callee instanceof Expr.Name name && LOOKUPS.contains(name.name()));
  }

  private Arguments parse(boolean lookup) {
    words.expectOperator("(");
    List<Expr> positional = new ArrayList<>();
    List<Named> named = new ArrayList<>();
    Expr rest = null;
    Expr keywords = null;
    while (!words.isOperator(")")) {
      int at = words.at();
      if (words.skipOperator("**")) {
        requireOrder(keywords == null, at);
        keywords = expressions.expression();
      } else if (words.skipOperator("*")) {
        requireOrder(rest == null && keywords == null, at);
        rest = expressions.expression();
      } else if (words.is(Kind.NAME) && words.ahead().isOperator("=")) {
        requireOrder(keywords == null, at);
        String name = words.take().text();
        words.take();
        named.add(new Named(at, name, expressions.expression()));
      } else {
        requireOrder(named.isEmpty() && rest == null && keywords == null, at);
        Expr argument = expressions.expression();
        positional.add(lookup && !positional.isEmpty() ? embedded(argument) : argument);
      }
      if (!words.skipOperator(",")) {
        break;
      }
    }
    words.expectOperator(")");
    return new Arguments(positional, named, rest, keywords);
  }

  /** The constants that reach a lookup as they are written may be templates. */
  private static Expr embedded(Expr expr) {
    return switch (expr) {
      case Expr.Literal literal
          when literal.value() instanceof Value.Text text
              && Delimiters.JINJA.occurIn(text.value()) ->
          new Expr.Embedded(literal.at(), text.value());
      case Expr.ListOf list -> new Expr.ListOf(list.at(), embedded(list.items()));
      case Expr.TupleOf tuple -> new Expr.TupleOf(tuple.at(), embedded(tuple.items()));
      case Expr.DictOf dict ->
          new Expr.DictOf(
              dict.at(),
              dict.entries().stream()
                  .map(pair -> new Expr.Pair(pair.key(), embedded(pair.value())))
                  .toList());
      case Expr.Choice choice when choice.otherwise() != null ->
          new Expr.Choice(
              choice.at(),
              choice.condition(),
              embedded(choice.then()),
              embedded(choice.otherwise()));
      default -> expr;
    };
  }

  private static List<Expr> embedded(List<Expr> items) {
    return items.stream().map(ArgumentParser::embedded).toList();
  }

  private static void requireOrder(boolean right, int at) {
    if (!right) {
      throw new SyntaxFailure(
          at,
          "this argument stands behind one that it must precede",
          "write positional arguments first, then *list, then name=value, then **mapping");
    }
  }
}
