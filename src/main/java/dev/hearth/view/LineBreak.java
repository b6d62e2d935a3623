package dev.hearth.view;

/**
 * What stands in output between two lines of one text: a line end with the indentation behind it,
 * the same as JSON writes it inside of a text, or the end of one item of a list and the start of
 * the next.
 */
final class LineBreak {

  /** More blanks or backslashes in a row are no break; text of nothing else is read in no time. */
  private static final int MOST = 200;

  private LineBreak() {}

  /** Where the break ends that begins here; -1 when none does. */
  static int end(String text, int from) {
    if (from >= text.length()) {
      return -1;
    }
    return switch (text.charAt(from)) {
      case '\n', '\r' -> behindIndentation(text, from);
      case '\\' -> escaped(text, from);
      case '"', '\'' -> betweenItems(text, from);
      default -> -1;
    };
  }

  /** Behind the mark of a difference's line, if one stands here; base64, too, has both. */
  static int endOfMark(String text, int from) {
    boolean mark = text.startsWith("+", from) || text.startsWith("-", from);
    return mark ? from + 1 : from;
  }

  /** {@code \n}, with more backslashes when it was written more than once; or a continued line. */
  private static int escaped(String text, int from) {
    int at = behindBackslashes(text, from);
    if (text.startsWith("r\\", at)) {
      at = behindBackslashes(text, at + 1);
    }
    if (text.startsWith("n", at)) {
      return behindIndentation(text, at + 1);
    }
    return text.startsWith("\n", at) ? behindIndentation(text, at) : -1;
  }

  private static int behindBackslashes(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < MOST && text.charAt(at) == '\\') {
      at++;
    }
    return at;
  }

  private static int betweenItems(String text, int from) {
    String quote = text.substring(from, from + 1);
    int at =
        text.startsWith(",", from + 1)
            ? behindBlanks(text, from + 2)
            : behindIndentation(text, from + 1);
    if (at == from + 1) {
      return -1;
    }
    return text.startsWith(quote, at) ? behindBlanks(text, at + 1) : -1;
  }

  /** And behind the dash of a list's item. */
  private static int behindIndentation(String text, int from) {
    int at = behindBlanks(text, from);
    return text.startsWith("- ", at) ? at + 2 : at;
  }

  private static int behindBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < MOST && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
