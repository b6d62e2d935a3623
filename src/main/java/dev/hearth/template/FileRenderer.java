package dev.hearth.template;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;

/** Renders template files. */
final class FileRenderer {

  private FileRenderer() {}

  /** Parses a file with its header. */
  static Parser.Unit parse(Source file, TemplateOptions options, Parser parser) {
    FileHeader header = FileHeader.read(file, options);
    Location start = header.length() == 0 ? Location.startOf(file) : new Location(file, 2, 1);
    return parser.file(file.text().substring(header.length()), start, header.options());
  }

  static Value.Textual render(
      Source file, boolean secret, TemplateOptions options, Evaluation evaluation) {
    Parser.Unit unit = parse(file, options, evaluation.parser());
    Context context = evaluation.context(unit.locator());
    evaluation.deeper(unit.locator().start());
    Value.Textual made;
    try {
      made = StatementEvaluator.run(unit.body(), context).text(evaluation);
    } catch (PythonError error) {
      throw context.failure(0, error);
    }
    evaluation.rise();
    return secret ? new Value.Secret(made.reveal()) : made;
  }
}
