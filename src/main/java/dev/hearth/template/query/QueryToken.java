package dev.hearth.template.query;

import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;

/**
 * One word of an expression.
 *
 * @param kind an operator as it is written, or one of {@code name}, {@code quoted}, {@code
 *     literal}, {@code number}, {@code end}
 * @param value what a name, literal or number stands for
 * @param at its place, counted from 1
 */
record QueryToken(String kind, Value value, int at) {

  boolean is(String wanted) {
    return kind.equals(wanted);
  }

  /** How strongly it binds what stands left of it. */
  int power() {
    return switch (kind) {
      case "|" -> 1;
      case "||" -> 2;
      case "&&" -> 3;
      case "==", "!=", "<", "<=", ">", ">=" -> 5;
      case "[]" -> 9;
      case "*" -> 20;
      case "[?" -> 21;
      case "." -> 40;
      case "!" -> 45;
      case "{" -> 50;
      case "[" -> 55;
      case "(" -> 60;
      default -> 0;
    };
  }

  PythonError unexpected() {
    String shown = is("end") ? "ends too early" : "has '" + kind + "' at character " + at;
    return new PythonError("cannot read its query: it " + shown + ", where that cannot be");
  }
}
