package dev.hearth.template;

import dev.hearth.diag.Source;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Taint;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;

/** Renders template files. */
final class FileRenderer {

  private FileRenderer() {}

  /** What a file makes, with its own type when it is a single expression. */
  static Value render(Source file, boolean secret, TemplateOptions options, Evaluation evaluation) {
    Parser.Unit unit = evaluation.parser().file(file, options);
    Context context = evaluation.context(unit.locator());
    evaluation.deeper(unit.locator().start());
    Value made;
    try {
      made =
          unit.ended(
              evaluation.finish(StatementEvaluator.run(unit.body(), context).value(evaluation)));
    } catch (PythonError error) {
      throw context.failure(0, error);
    }
    evaluation.rise();
    return secret ? Taint.secret(made) : made;
  }

  /** The same as text, as it is written into a file: nothing for none. */
  static Value.Textual text(
      Source file, boolean secret, TemplateOptions options, Evaluation evaluation) {
    return switch (render(file, secret, options, evaluation)) {
      case Value.Textual text -> text;
      case Value.Null none -> new Value.Text("");
      case Value.Omit omitted -> new Value.Text("");
      case Value made -> {
        String printed = Printed.str(made);
        yield secret || Taint.in(made) ? new Value.Secret(printed) : new Value.Text(printed);
      }
    };
  }
}
