package dev.hearth.yaml;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Says what is wrong with a text that is not YAML, in the words of the mistake that was made. */
final class SyntaxErrors {

  private static final Pattern UNQUOTED_TEMPLATE =
      Pattern.compile("(?:^\\s*(?:-\\s+)*|[:\\[,]\\s+)(\\{[{%])");
  private static final Pattern WRONG_ESCAPE =
      Pattern.compile(
          "\\\\(?:x(?![0-9a-fA-F]{2})|u(?![0-9a-fA-F]{4})|U(?!00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}))");
  private static final Pattern COLON_IN_VALUE = Pattern.compile(":\\s.*:(?:\\s|$)");

  private final Source source;
  private final Lines lines;

  SyntaxErrors(Source source, Lines lines) {
    this.source = source;
    this.lines = lines;
  }

  Diagnostic of(MarkedYAMLException failure) {
    Mark mark =
        failure.getProblemMark() != null ? failure.getProblemMark() : failure.getContextMark();
    Location at = mark == null ? Location.startOf(source) : Composer.place(source, mark);
    String problem = String.valueOf(failure.getProblem());
    Mark context = failure.getContextMark();
    int from = context == null ? at.line() : Math.max(context.getLine() + 1, at.line() - 1);
    for (int line = from; line <= at.line(); line++) {
      String text = lines.line(line);
      int tab = tabInIndentation(text);
      if (tab >= 0) {
        return tab(new Location(source, line, tab + 1));
      }
      Matcher template = UNQUOTED_TEMPLATE.matcher(text);
      if (template.find()) {
        return unquotedTemplate(new Location(source, line, template.start(1) + 1));
      }
    }
    return byProblem(problem, at, context);
  }

  /** The first escape that has too few hexadecimal digits, or means no character. */
  Optional<Diagnostic> ofEscape() {
    for (int line = 1; line <= lines.count(); line++) {
      Matcher escape = WRONG_ESCAPE.matcher(lines.line(line));
      if (escape.find()) {
        return Optional.of(
            Diagnostic.error(
                    new Location(source, line, escape.start() + 1),
                    "this escape in a text in double quotes is not complete")
                .because("\\x has two hexadecimal digits, \\u four and \\U eight")
                .next("use single quotes, or write the backslash twice"));
      }
    }
    return Optional.empty();
  }

  private Diagnostic byProblem(String problem, Location at, Mark context) {
    if (problem.contains("found unexpected end of stream")
        || problem.contains("found unexpected document separator")) {
      Location opened = context == null ? at : Composer.place(source, context);
      return Diagnostic.error(opened, "this quote is never closed")
          .because("everything up to the end of the file would belong to the text")
          .next("add the closing quote");
    }
    if (problem.contains("mapping values are not allowed")) {
      String why =
          COLON_IN_VALUE.matcher(lines.line(at.line())).find()
              ? "a ': ' inside an unquoted text starts another mapping"
              : "this line is indented differently from the lines it belongs to, or the line above"
                  + " already has a value";
      return Diagnostic.error(at, "a ':' is not allowed here")
          .because(why)
          .next("put the whole value into quotes, or correct the indentation");
    }
    if (problem.contains("found unknown escape character")) {
      return Diagnostic.error(at, "unknown escape in a text in double quotes")
          .because("YAML knows \\n, \\t, \\\" and a few more; " + problem)
          .next("use single quotes, or write the backslash twice");
    }
    if (problem.contains("cannot start any token")) {
      return Diagnostic.error(at, "a value cannot start with this character")
          .because("YAML reserves it")
          .next("put the value into quotes");
    }
    if (problem.contains("could not find expected ':'")) {
      return Diagnostic.error(at, "a ':' is missing")
          .because("the text above stands where a key is expected, or it is indented too little")
          .next("write 'key: value', or indent a text that goes on");
    }
    if (problem.contains("expected <block end>")) {
      return Diagnostic.error(at, "this does not fit to the lines above")
          .because(
              context == null
                  ? problem
                  : "what starts at "
                      + Composer.place(source, context)
                      + " goes on here with another indentation or kind")
          .next("indent the entries of one list or mapping alike");
    }
    return Diagnostic.error(at, "this is not valid YAML")
        .because(problem)
        .next("correct the line; values with special characters need quotes");
  }

  Diagnostic of(ReaderException failure) {
    int line = 1;
    int column = 1;
    String text = source.text();
    for (int index = 0; index < Math.min(failure.getPosition(), text.length()); index++) {
      column = text.charAt(index) == '\n' ? 1 : column + 1;
      line += text.charAt(index) == '\n' ? 1 : 0;
    }
    return Diagnostic.error(
            new Location(source, line, column),
            "a character that YAML does not allow: U+%04X".formatted(failure.getCodePoint()))
        .because("control characters cannot be part of YAML")
        .next("remove it, or write it as an escape in double quotes");
  }

  Diagnostic unquotedTemplate(Location at) {
    return Diagnostic.error(at, "a value that starts with a template has to be quoted")
        .because("to YAML an unquoted '{' starts a mapping")
        .next("put the whole value into quotes, as in \"{{ name }}/x\"");
  }

  private Diagnostic tab(Location at) {
    return Diagnostic.error(at, "a tab is used for indentation")
        .because("YAML indents with spaces only")
        .next("replace the tab by spaces");
  }

  private static int tabInIndentation(String line) {
    int tab = line.indexOf('\t');
    return tab >= 0 && line.substring(0, tab).isBlank() ? tab : -1;
  }
}
