package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.template.syntax.Delimiters;
import dev.hearth.template.syntax.TemplateOptions;
import java.util.List;

/**
 * The line {@code #jinja2: option:value, …} at the top of a template file.
 *
 * @param options the options with what the line overrides
 * @param length how many characters the line takes with its line end; 0 without such a line
 */
record FileHeader(TemplateOptions options, int length) {

  private static final String MARK = "#jinja2:";
  private static final List<String> KNOWN =
      List.of(
          "trim_blocks",
          "lstrip_blocks",
          "newline_sequence",
          "keep_trailing_newline",
          "block_start_string",
          "block_end_string",
          "variable_start_string",
          "variable_end_string",
          "comment_start_string",
          "comment_end_string",
          "line_statement_prefix",
          "line_comment_prefix");

  static FileHeader read(String text, Location file, TemplateOptions options) {
    if (!text.startsWith(MARK)) {
      return new FileHeader(options, 0);
    }
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    TemplateOptions made = options;
    for (String pair : line.substring(MARK.length()).split(",")) {
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw refused(file, "'" + pair.strip() + "' has no value", "write option:value");
      }
      made = with(made, pair.substring(0, colon).strip(), literal(pair.substring(colon + 1)), file);
    }
    return new FileHeader(made, end < 0 ? text.length() : end + 1);
  }

  private static String literal(String written) {
    String value = written.strip();
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '\'' || value.charAt(0) == '"')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted
        ? value.substring(1, value.length() - 1).replace("\\n", "\n").replace("\\r", "\r")
        : value;
  }

  private static TemplateOptions with(
      TemplateOptions options, String name, String value, Location file) {
    Delimiters marks = options.delimiters();
    return switch (name) {
      case "trim_blocks" -> options.withTrimBlocks(truth(value, file));
      case "lstrip_blocks" -> options.withLstripBlocks(truth(value, file));
      case "keep_trailing_newline" -> options.withKeepTrailingNewline(truth(value, file));
      case "newline_sequence" -> options.withNewline(value);
      case "block_start_string" ->
          options.withDelimiters(
              new Delimiters(
                  value,
                  marks.blockEnd(),
                  marks.variableStart(),
                  marks.variableEnd(),
                  marks.commentStart(),
                  marks.commentEnd()));
      case "block_end_string" ->
          options.withDelimiters(
              new Delimiters(
                  marks.blockStart(),
                  value,
                  marks.variableStart(),
                  marks.variableEnd(),
                  marks.commentStart(),
                  marks.commentEnd()));
      case "variable_start_string" ->
          options.withDelimiters(
              new Delimiters(
                  marks.blockStart(),
                  marks.blockEnd(),
                  value,
                  marks.variableEnd(),
                  marks.commentStart(),
                  marks.commentEnd()));
      case "variable_end_string" ->
          options.withDelimiters(
              new Delimiters(
                  marks.blockStart(),
                  marks.blockEnd(),
                  marks.variableStart(),
                  value,
                  marks.commentStart(),
                  marks.commentEnd()));
      case "comment_start_string" ->
          options.withDelimiters(
              new Delimiters(
                  marks.blockStart(),
                  marks.blockEnd(),
                  marks.variableStart(),
                  marks.variableEnd(),
                  value,
                  marks.commentEnd()));
      case "comment_end_string" ->
          options.withDelimiters(
              new Delimiters(
                  marks.blockStart(),
                  marks.blockEnd(),
                  marks.variableStart(),
                  marks.variableEnd(),
                  marks.commentStart(),
                  value));
      case "line_statement_prefix" ->
          options.withLines(new TemplateOptions.Lines(prefix(value), options.lines().comment()));
      case "line_comment_prefix" ->
          options.withLines(new TemplateOptions.Lines(options.lines().statement(), prefix(value)));
      default ->
          throw refused(
              file,
              "the #jinja2: line has no option '" + name + "'",
              Nearest.hint(name, KNOWN, "it has " + String.join(", ", KNOWN)));
    };
  }

  private static String prefix(String value) {
    return value.equals("None") ? "" : value;
  }

  private static boolean truth(String value, Location file) {
    return switch (value) {
      case "True", "true", "yes" -> true;
      case "False", "false", "no" -> false;
      default ->
          throw refused(file, "'" + value + "' is not True or False", "write one of the two");
    };
  }

  private static TemplateFailure refused(Location file, String summary, String next) {
    return new TemplateFailure(Diagnostic.error(file, summary).next(next));
  }
}
