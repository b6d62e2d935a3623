package dev.hearth.template.syntax;

import dev.hearth.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression. Every one knows the offset in the template where it begins. */
public sealed interface Expr {

  /** The offset of the character that an error points to. */
  int at();

  /** A number, a text, true, false or none. */
  record Literal(int at, Value value) implements Expr {}

  /**
   * A text constant with delimiters in it where 2.19 still takes such a constant for a template: in
   * conditions and among the terms of a lookup.
   *
   * @param text the template
   */
  record Embedded(int at, String text) implements Expr {}

  /** A variable. */
  record Name(int at, String name) implements Expr {}

  /** {@code [a, b]}. */
  record ListOf(int at, List<Expr> items) implements Expr {}

  /** {@code (a, b)}. */
  record TupleOf(int at, List<Expr> items) implements Expr {}

  /** <code>{a: b}</code>. */
  record DictOf(int at, List<Pair> entries) implements Expr {}

  /** One entry of a mapping. */
  record Pair(Expr key, Expr value) {}

  /** {@code target.name}: an attribute or method first, an item otherwise. */
  record Attribute(int at, Expr target, String name) implements Expr {}

  /** {@code target[key]}: an item first, an attribute otherwise. */
  record Item(int at, Expr target, Expr key) implements Expr {}

  /** {@code target[from:to:step]}. */
  record Slice(int at, Expr target, @Nullable Expr from, @Nullable Expr to, @Nullable Expr step)
      implements Expr {}

  /** A call. */
  record Call(int at, Expr callee, Arguments arguments) implements Expr {}

  /** {@code input | name(arguments)}; without an input it is the body of a block. */
  record Filtered(int at, @Nullable Expr input, String name, Arguments arguments) implements Expr {}

  /** {@code input is name(arguments)}. */
  record Tested(int at, Expr input, String name, Arguments arguments) implements Expr {}

  /** {@code not operand}. */
  record Not(int at, Expr operand) implements Expr {}

  /** {@code -operand} or {@code +operand}. */
  record Signed(int at, boolean negative, Expr operand) implements Expr {}

  /** Arithmetic on two operands. */
  record Binary(int at, Operator operator, Expr left, Expr right) implements Expr {}

  /** {@code a ~ b ~ c}: text of all. */
  record Concat(int at, List<Expr> parts) implements Expr {}

  /** {@code left and right}. */
  record And(int at, Expr left, Expr right) implements Expr {}

  /** {@code left or right}. */
  record Or(int at, Expr left, Expr right) implements Expr {}

  /** {@code first < second <= third}. */
  record Compare(int at, Expr first, List<Operand> rest) implements Expr {}

  /** One further operand of a comparison. */
  record Operand(int at, Comparison comparison, Expr value) {}

  /** {@code then if condition else otherwise}. */
  record Choice(int at, Expr condition, Expr then, @Nullable Expr otherwise) implements Expr {}

  /** What is between the parentheses of a call, a filter or a test. */
  record Arguments(
      List<Expr> positional, List<Named> named, @Nullable Expr rest, @Nullable Expr keywords) {
    /** No arguments. */
    public static final Arguments NONE = new Arguments(List.of(), List.of(), null, null);

    /** Whether there are none. */
    public boolean isEmpty() {
      return positional.isEmpty() && named.isEmpty() && rest == null && keywords == null;
    }
  }

  /** {@code name=value}. */
  record Named(int at, String name, Expr value) {}

  /** The arithmetic operators. */
  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    FLOOR_DIVIDE("//"),
    MODULO("%"),
    POWER("**");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** As it is written. */
    public String sign() {
      return sign;
    }
  }

  /** The comparing operators. */
  enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    NOT_IN("not in");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** As it is written. */
    public String sign() {
      return sign;
    }
  }
}
