package dev.hearth.template.syntax;

import dev.hearth.template.syntax.Expr.Arguments;
import dev.hearth.template.syntax.Token.Kind;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Literals, names, and what follows them: attributes, items, calls, filters, tests. */
final class TermParser {

  private static final int LONGEST_NUMBER = 1000;

  private final Words words;
  private final ExpressionParser expressions;
  private final ArgumentParser arguments;

  TermParser(Words words, ExpressionParser expressions) {
    this.words = words;
    this.expressions = expressions;
    this.arguments = new ArgumentParser(words, expressions);
  }

  Expr unary(boolean withFilters) {
    int level = words.depth();
    words.deepen();
    int at = words.at();
    Expr term;
    if (words.skipOperator("-")) {
      term = new Expr.Signed(at, true, unary(false));
    } else if (words.skipOperator("+")) {
      term = new Expr.Signed(at, false, unary(false));
    } else {
      term = primary();
    }
    term = postfix(term);
    if (withFilters) {
      term = filters(term);
    }
    words.riseTo(level);
    return term;
  }

  private Expr primary() {
    Token token = words.current();
    return switch (token.kind()) {
      case NAME -> name(words.take());
      case STRING -> string(token);
      case INTEGER -> new Expr.Literal(token.at(), integer(words.take()));
      case FLOAT ->
          new Expr.Literal(token.at(), new Value.Real(Double.parseDouble(words.take().text())));
      default -> bracket(token);
    };
  }

  /** Strings that stand side by side are one. */
  private Expr string(Token first) {
    StringBuilder text = new StringBuilder();
    while (words.is(Kind.STRING)) {
      text.append(words.take().text());
    }
    String whole = text.toString();
    return words.embedding() && Delimiters.JINJA.occurIn(whole)
        ? new Expr.Embedded(first.at(), whole)
        : new Expr.Literal(first.at(), Value.text(whole));
  }

  private Expr bracket(Token token) {
    if (words.skipOperator("(")) {
      if (words.skipOperator(")")) {
        return new Expr.TupleOf(token.at(), List.of());
      }
      Expr inside = expressions.tuple();
      words.expectOperator(")");
      return inside;
    }
    if (words.skipOperator("[")) {
      return list(token.at());
    }
    if (words.skipOperator("{")) {
      return dict(token.at());
    }
    throw words.unexpected("an expression");
  }

  private static Expr name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Expr.Literal(token.at(), Value.Bool.TRUE);
      case "false", "False" -> new Expr.Literal(token.at(), Value.Bool.FALSE);
      case "none", "None" -> new Expr.Literal(token.at(), Value.NULL);
      default -> new Expr.Name(token.at(), token.text());
    };
  }

  private static Value integer(Token token) {
    String text = token.text();
    if (text.length() > LONGEST_NUMBER) {
      throw new SyntaxFailure(token.at(), "the number is too long", "");
    }
    int radix = 10;
    if (text.length() > 1) {
      radix =
          switch (Character.toLowerCase(text.charAt(1))) {
            case 'x' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> 10;
          };
    }
    return new Value.Int(new BigInteger(radix == 10 ? text : text.substring(2), radix));
  }

  private Expr list(int at) {
    List<Expr> items = new ArrayList<>();
    while (!words.isOperator("]")) {
      items.add(expressions.expression());
      if (!words.skipOperator(",")) {
        break;
      }
    }
    words.expectOperator("]");
    return new Expr.ListOf(at, items);
  }

  private Expr dict(int at) {
    List<Expr.Pair> entries = new ArrayList<>();
    while (!words.isOperator("}")) {
      Expr key = expressions.expression();
      words.expectOperator(":");
      entries.add(new Expr.Pair(key, expressions.expression()));
      if (!words.skipOperator(",")) {
        break;
      }
    }
    words.expectOperator("}");
    return new Expr.DictOf(at, entries);
  }

  private Expr postfix(Expr start) {
    Expr term = start;
    while (true) {
      if (words.isOperator(".")) {
        words.take();
        term = attribute(term);
      } else if (words.isOperator("[")) {
        int at = words.take().at();
        term = subscript(at, term);
      } else if (words.isOperator("(")) {
        term = call(term);
      } else {
        return term;
      }
      words.deepen();
    }
  }

  private Expr call(Expr callee) {
    return new Expr.Call(words.at(), callee, arguments.of(callee));
  }

  private Expr attribute(Expr target) {
    Token token = words.current();
    if (token.kind() == Kind.INTEGER) {
      words.take();
      return new Expr.Item(token.at(), target, new Expr.Literal(token.at(), integer(token)));
    }
    return new Expr.Attribute(token.at(), target, words.expect(Kind.NAME).text());
  }

  private Expr subscript(int at, Expr target) {
    Expr from = sliceEnd() ? null : expressions.tuple();
    if (from != null && words.skipOperator("]")) {
      return new Expr.Item(at, target, from);
    }
    words.expectOperator(":");
    Expr to = sliceEnd() ? null : expressions.expression();
    Expr step = null;
    if (words.skipOperator(":")) {
      step = sliceEnd() ? null : expressions.expression();
    }
    words.expectOperator("]");
    return new Expr.Slice(at, target, from, to, step);
  }

  private boolean sliceEnd() {
    return words.isOperator(":") || words.isOperator("]");
  }

  private Expr filters(Expr start) {
    Expr term = start;
    while (true) {
      if (words.isOperator("|")) {
        term = filter(term);
      } else if (words.isName("is")) {
        term = test(term);
      } else if (words.isOperator("(")) {
        term = call(term);
      } else {
        return term;
      }
      words.deepen();
    }
  }

  private Expr filter(@Nullable Expr input) {
    words.expectOperator("|");
    return filterCall(input);
  }

  /** A filter with its name and arguments; more may follow after bars. */
  Expr filterChain() {
    Expr term = filterCall(null);
    while (words.isOperator("|")) {
      words.deepen();
      term = filter(term);
    }
    return term;
  }

  private Expr filterCall(@Nullable Expr input) {
    int at = words.at();
    String name = dotted();
    Arguments given = words.isOperator("(") ? arguments.parse() : Arguments.NONE;
    return new Expr.Filtered(at, input, name, given);
  }

  /** A name that may be a full one, such as {@code ansible.builtin.upper}. */
  private String dotted() {
    StringBuilder name = new StringBuilder(words.expect(Kind.NAME).text());
    while (words.skipOperator(".")) {
      name.append('.').append(words.expect(Kind.NAME).text());
    }
    return name.toString();
  }

  private Expr test(Expr input) {
    words.expectName("is");
    boolean negated = words.skipName("not");
    int at = words.at();
    String name = dotted();
    Arguments given = Arguments.NONE;
    if (words.isOperator("(")) {
      given = arguments.parse();
    } else if (beginsOperand()) {
      if (words.isName("is")) {
        throw new SyntaxFailure(
            words.at(), "tests cannot be chained with 'is'", "join them with 'and'");
      }
      Expr operand = postfix(primary());
      given = new Arguments(List.of(operand), List.of(), null, null);
    }
    Expr tested = new Expr.Tested(at, input, name, given);
    return negated ? new Expr.Not(at, tested) : tested;
  }

  private static final Set<String> AFTER_TEST = Set.of("else", "or", "and", "if", "not", "in");

  private boolean beginsOperand() {
    return switch (words.current().kind()) {
      case NAME -> !AFTER_TEST.contains(words.current().text());
      case STRING, INTEGER, FLOAT -> true;
      default -> words.isOperator("[") || words.isOperator("{");
    };
  }
}
