package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
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
                  ? named(expression, template, evaluation, parser)
                  : evaluated(mixed(template, parser), evaluation);
          case Value.Textual text ->
              text.reveal().isBlank()
                  ? empty(expression, evaluation)
                  : written(text, expression.at(), expression, evaluation, parser);
          case Value.Null none -> empty(expression, evaluation);
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
   * What a template around the whole condition stands for. A text that it gives is the condition,
   * as in {@code when: "{{ wanted }}"} with {@code wanted: "x == 1"}.
   */
  private static Value named(
      Located expression, Value.Template template, Evaluation evaluation, Parser parser) {
    Value given =
        evaluation.settle(
            new Value.Template(template.source().strip(), template.at(), template.secret()));
    if (given instanceof Value.Null
        || (given instanceof Value.Textual text && text.reveal().isBlank())) {
      return empty(expression, evaluation);
    }
    if (given instanceof Value.Textual text) {
      boolean secret = text instanceof Value.Secret;
      Source itself = new Source("the text behind " + expression.at(), text.reveal(), secret);
      return written(text, Location.startOf(itself), expression, evaluation, parser);
    }
    return given;
  }

  /** Evaluates text as an expression, which only text of the user's own may be. */
  private static Value written(
      Value.Textual text, Location at, Located expression, Evaluation evaluation, Parser parser) {
    if (!text.trusted()) {
      throw new TemplateFailure(
          Diagnostic.error(expression.at(), "the condition is text that nobody wrote as one")
              .because(
                  "only text that stands so in a playbook, a role or an inventory is evaluated,"
                      + " never what a host answered or a template put together")
              .next("write the expression itself, or compare the value: '… == \"text\"'"));
    }
    return evaluated(parser.condition(text.reveal(), at), evaluation);
  }

  private static Value evaluated(Parser.Single single, Evaluation evaluation) {
    return ExpressionEvaluator.evaluate(single.expr(), evaluation.context(single.locator()));
  }

  private static Value empty(Located expression, Evaluation evaluation) {
    if (evaluation.takesBrokenConditions()) {
      return Value.Bool.TRUE;
    }
    throw refused(expression, "the condition is empty", "write an expression");
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

  private static TemplateFailure refused(Located expression, String summary, String next) {
    return new TemplateFailure(Diagnostic.error(expression.at(), summary).next(next));
  }
}
