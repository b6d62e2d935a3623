package dev.hearth.template.query;

import dev.hearth.value.Value;

/** A parsed JMESPath expression, or a part of one. */
@FunctionalInterface
public interface Query {

  /**
   * What the expression finds in data; {@link Value#NULL} when there is nothing.
   *
   * @throws dev.hearth.template.python.PythonError when a function gets values that it does not
   *     take
   */
  Value search(Value data);

  /**
   * Reads an expression.
   *
   * @throws dev.hearth.template.python.PythonError with the place when it does not follow the
   *     grammar
   */
  static Query parse(String expression) {
    return new QueryParser(QueryLexer.tokens(expression)).whole();
  }
}
