package dev.hearth.template.syntax;

import dev.hearth.template.syntax.Expr.Comparison;
import dev.hearth.template.syntax.Expr.Operator;
import dev.hearth.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jinja's expressions, from the loosest binding operator down to the tightest. */
final class ExpressionParser {

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "==", Comparison.EQUAL,
          "!=", Comparison.NOT_EQUAL,
          "<", Comparison.LESS,
          "<=", Comparison.LESS_OR_EQUAL,
          ">", Comparison.GREATER,
          ">=", Comparison.GREATER_OR_EQUAL);
  private static final Map<String, Operator> SUMS =
      Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
  private static final Map<String, Operator> PRODUCTS =
      Map.of(
          "*", Operator.MULTIPLY,
          "/", Operator.DIVIDE,
          "//", Operator.FLOOR_DIVIDE,
          "%", Operator.MODULO);

  private final Words words;
  private final TermParser terms;

  ExpressionParser(Words words) {
    this.words = words;
    this.terms = new TermParser(words, this);
  }

  /** An expression, or several with commas between them, which make a tuple. */
  Expr tuple() {
    int at = words.at();
    Expr first = expression();
    if (!words.isOperator(",")) {
      return first;
    }
    List<Expr> items = new ArrayList<>(List.of(first));
    while (words.skipOperator(",")) {
      if (endsTuple()) {
        break;
      }
      items.add(expression());
    }
    return new Expr.TupleOf(at, items);
  }

  private boolean endsTuple() {
    return switch (words.current().kind()) {
      case VARIABLE_END, BLOCK_END, END -> true;
      default -> words.isOperator(")") || words.isOperator("]");
    };
  }

  /** An expression. */
  Expr expression() {
    int level = words.depth();
    words.deepen();
    Expr value = or();
    while (words.isName("if")) {
      int at = words.take().at();
      words.deepen();
      Expr condition = or();
      Expr otherwise = words.skipName("else") ? expression() : null;
      value = new Expr.Choice(at, condition, value, otherwise);
    }
    words.riseTo(level);
    return value;
  }

  /** An expression that an {@code if} behind it does not belong to. */
  Expr withoutChoice() {
    return or();
  }

  private Expr or() {
    int level = words.depth();
    Expr left = and();
    while (words.isName("or")) {
      int at = words.take().at();
      words.deepen();
      left = new Expr.Or(at, left, and());
    }
    words.riseTo(level);
    return left;
  }

  private Expr and() {
    int level = words.depth();
    Expr left = not();
    while (words.isName("and")) {
      int at = words.take().at();
      words.deepen();
      left = new Expr.And(at, left, not());
    }
    words.riseTo(level);
    return left;
  }

  private Expr not() {
    if (!words.isName("not")) {
      return compare();
    }
    int at = words.take().at();
    words.deepen();
    Expr operand = not();
    words.rise();
    return new Expr.Not(at, operand);
  }

  private Expr compare() {
    int at = words.at();
    Expr first = sum();
    List<Expr.Operand> rest = new ArrayList<>();
    for (Comparison next = comparison(); next != null; next = comparison()) {
      int sign = words.take().at();
      if (next == Comparison.NOT_IN) {
        words.take();
      }
      rest.add(new Expr.Operand(sign, next, sum()));
    }
    return rest.isEmpty() ? first : new Expr.Compare(at, first, rest);
  }

  private @Nullable Comparison comparison() {
    if (words.is(Kind.OPERATOR)) {
      return COMPARISONS.get(words.current().text());
    }
    if (words.isName("in")) {
      return Comparison.IN;
    }
    return words.isName("not") && words.ahead().isName("in") ? Comparison.NOT_IN : null;
  }

  private @Nullable Operator operator(Map<String, Operator> known) {
    return words.is(Kind.OPERATOR) ? known.get(words.current().text()) : null;
  }

  private Expr sum() {
    int level = words.depth();
    Expr left = concat();
    for (Operator sign = operator(SUMS); sign != null; sign = operator(SUMS)) {
      int at = words.take().at();
      words.deepen();
      left = new Expr.Binary(at, sign, left, concat());
    }
    words.riseTo(level);
    return left;
  }

  private Expr concat() {
    Expr first = product();
    if (!words.isOperator("~")) {
      return first;
    }
    int at = words.at();
    List<Expr> parts = new ArrayList<>(List.of(first));
    while (words.skipOperator("~")) {
      parts.add(product());
    }
    return new Expr.Concat(at, parts);
  }

  private Expr product() {
    int level = words.depth();
    Expr left = power();
    for (Operator sign = operator(PRODUCTS); sign != null; sign = operator(PRODUCTS)) {
      int at = words.take().at();
      words.deepen();
      left = new Expr.Binary(at, sign, left, power());
    }
    words.riseTo(level);
    return left;
  }

  /** As in Jinja, and other than in Python, powers group from the left and signs bind tighter. */
  private Expr power() {
    int level = words.depth();
    Expr left = terms.unary(true);
    while (words.isOperator("**")) {
      int at = words.take().at();
      words.deepen();
      left = new Expr.Binary(at, Operator.POWER, left, terms.unary(true));
    }
    words.riseTo(level);
    return left;
  }
}
