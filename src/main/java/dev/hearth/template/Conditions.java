package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
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
          case Value.Template template -> wrapped(template, expression, evaluation);
          case Value.Textual text -> {
            if (text.reveal().isBlank()) {
              throw refused(expression, "the condition is empty", "write an expression");
            }
            Parser.Single single = parser.expression(text.reveal(), expression.at());
            yield ExpressionEvaluator.evaluate(single.expr(), evaluation.context(single.locator()));
          }
          case Value.Null none ->
              throw refused(expression, "the condition is empty", "write an expression");
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
      case Value other ->
          throw refused(
              expression,
              "the condition gives a value of type '" + TypeName.of(other) + "', not true or false",
              "compare it, or test it: '… | bool', '… is truthy', '… | length > 0'");
    };
  }

  /** The old style with delimiters around the whole condition, which 2.19 still takes. */
  private static Value wrapped(Value.Template template, Located expression, Evaluation evaluation) {
    String text = template.source().strip();
    boolean whole =
        (text.startsWith("{{") && text.endsWith("}}"))
            || (text.startsWith("{%") && text.endsWith("%}"));
    if (!whole) {
      throw refused(
          expression,
          "a condition is an expression: delimiters do not belong inside it",
          "write the names without {{ }}");
    }
    return evaluation.settle(template);
  }

  private static TemplateFailure refused(Located expression, String summary, String next) {
    return new TemplateFailure(Diagnostic.error(expression.at(), summary).next(next));
  }
}
