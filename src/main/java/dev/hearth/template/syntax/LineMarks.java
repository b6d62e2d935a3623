package dev.hearth.template.syntax;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a template that are statements, and the comments up to the end of a line. */
final class LineMarks {

  private final @Nullable Matcher statements;
  private final @Nullable Matcher comments;

  LineMarks(String source, TemplateOptions.Lines marks) {
    statements = matcher("(?m)^[ \\t\\x0B]*", marks.statement(), source);
    comments = matcher("(?m)(?:^|(?<=\\S))[^\\S\\r\\n]*", marks.comment(), source);
  }

  /**
   * A line's mark.
   *
   * @param start where it begins, the blanks before it among it
   * @param inside where it ends
   */
  record Mark(int start, int inside, boolean comment) {}

  private static @Nullable Matcher matcher(String before, String mark, String source) {
    return mark.isEmpty() ? null : Pattern.compile(before + Pattern.quote(mark)).matcher(source);
  }

  /** The first mark from an offset on; where both begin, the longer one. */
  Optional<Mark> next(int from) {
    Optional<Mark> statement = next(statements, from, false);
    Optional<Mark> comment = next(comments, from, true);
    if (statement.isEmpty() || comment.isEmpty()) {
      return statement.or(() -> comment);
    }
    Mark first = statement.get();
    Mark second = comment.get();
    boolean taken =
        first.start() < second.start()
            || (first.start() == second.start() && first.inside() >= second.inside());
    return taken ? statement : comment;
  }

  private static Optional<Mark> next(@Nullable Matcher marks, int from, boolean comment) {
    return marks != null && marks.find(from)
        ? Optional.of(new Mark(marks.start(), marks.end(), comment))
        : Optional.empty();
  }

  /** Behind a statement's line and the empty lines after it. */
  static int behindBlanks(String source, int end) {
    int blank = end;
    int behind = source.length();
    boolean line = false;
    while (blank < source.length() && Character.isWhitespace(source.charAt(blank))) {
      blank++;
      if (source.charAt(blank - 1) == '\n') {
        behind = blank;
        line = true;
      }
    }
    return line ? behind : blank;
  }
}
