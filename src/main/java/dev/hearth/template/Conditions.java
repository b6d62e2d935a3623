package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.template.python.Truth;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Located;
import dev.hearth.value.Value;

/** Conditions as 2.19 takes them: an expression without delimiters that gives true or false. */
final class Conditions {

  private Conditions() {}

  static boolean holds(Located expression, Evaluation evaluation, Parser parser) {
    Value answer =
        switch (expression.value()) {
          case Value.Bool bool -> bool;
          case Value.Template template ->
              wrapped(template)
                  ? evaluation.settle(template)
                  : evaluated(template, evaluation, parser);
          case Value.Textual text -> {
            if (text.reveal().isBlank()) {
              if (evaluation.takesBrokenConditions()) {
                yield Value.Bool.TRUE;
              }
              throw refused(expression, "the condition is empty", "write an expression");
            }
            Parser.Single single = parser.condition(text.reveal(), expression.at());
            yield ExpressionEvaluator.evaluate(single.expr(), evaluation.context(single.locator()));
          }
          case Value.Null none when evaluation.takesBrokenConditions() -> Value.Bool.TRUE;
          case Value.Null none ->
              throw refused(expression, "the condition is empty", "write an expression");
          case Value other when evaluation.takesBrokenConditions() -> evaluation.settle(other);
          default ->
              throw refused(
                  expression,
                  "a condition is an expression or true or false, not a value of type '"
                      + TypeName.of(expression.value())
                      + "'",
                  "write the condition as text");
        };
    return switch (evaluation.settle(answer)) {
      case Value.Bool bool -> bool.value();
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      case Value other when evaluation.takesBrokenConditions() -> Truth.of(other);
      case Value other ->
          throw refused(
              expression,
              "the condition gives a value of type '" + TypeName.of(other) + "', not true or false",
              "compare it, or test it: '… | bool', '… is truthy', '… | length > 0'");
    };
  }

  /**
   * Whether a text with delimiters is one template, the old style that 2.19 still takes. Otherwise
   * it is an expression some of whose text constants are templates.
   */
  static boolean wrapped(Value.Template template) {
    String text = template.source().strip();
    return (text.startsWith("{{") && text.endsWith("}}"))
        || (text.startsWith("{%") && text.endsWith("%}"))
        || (text.startsWith("{#") && text.endsWith("#}"));
  }

  /** The expression that a text with delimiters is, when it is not one template. */
  static Parser.Single mixed(Value.Template template, Parser parser) {
    try {
      return parser.condition(template.source(), template.at());
    } catch (TemplateFailure failure) {
      throw new TemplateFailure(
          Diagnostic.error(
                  failure.diagnostic().at().orElse(template.at()),
                  "a condition is an expression: delimiters do not belong inside it")
              .because(failure.diagnostic().summary())
              .next("write the names without {{ }}"),
          failure);
    }
  }

  private static Value evaluated(Value.Template template, Evaluation evaluation, Parser parser) {
    Parser.Single single = mixed(template, parser);
    return ExpressionEvaluator.evaluate(single.expr(), evaluation.context(single.locator()));
  }

  private static TemplateFailure refused(Located expression, String summary, String next) {
    return new TemplateFailure(Diagnostic.error(expression.at(), summary).next(next));
  }
}
