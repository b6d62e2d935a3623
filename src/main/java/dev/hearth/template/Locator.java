package dev.hearth.template;

import dev.hearth.diag.Location;

/**
 * Finds the place in the file for an offset in a template. The template's text is what YAML made of
 * the file's, so the two are walked together: blanks, line ends and quotes may differ, the other
 * characters stand in the same order.
 *
 * @param start where the template's first character (or its quote or {@code |}) stands
 * @param template the template's text
 * @param skipped how many characters of it were not parsed because they are its header
 */
record Locator(Location start, String template, int skipped) {

  Locator(Location start, String template) {
    this(start, template, 0);
  }

  Location locate(int parsed) {
    int offset = parsed + skipped;
    String file = start.source().text();
    int at = offsetOf(file, start.line(), start.column());
    if (at > file.length() || file.isEmpty()) {
      return start;
    }
    if (at < file.length() && "|>".indexOf(file.charAt(at)) >= 0 && !startsAlike(file, at)) {
      int line = file.indexOf('\n', at);
      at = line < 0 ? file.length() : line + 1;
    } else if (at < file.length()
        && "'\"".indexOf(file.charAt(at)) >= 0
        && !startsAlike(file, at)) {
      at++;
    }
    for (int i = 0; i < Math.min(offset, template.length()); i++) {
      char c = template.charAt(i);
      if (Character.isWhitespace(c)) {
        continue;
      }
      at = seek(file, at, c);
      if (at < 0) {
        return start;
      }
      at++;
    }
    return placed(file, offset, at);
  }

  private boolean startsAlike(String file, int at) {
    return !template.isEmpty() && file.charAt(at) == template.charAt(0);
  }

  private Location placed(String file, int offset, int after) {
    int at = after;
    if (offset < template.length() && !Character.isWhitespace(template.charAt(offset))) {
      int found = seek(file, at, template.charAt(offset));
      at = found < 0 ? at : found;
    }
    int line = 1;
    int begin = 0;
    for (int i = file.indexOf('\n'); i >= 0 && i < at; i = file.indexOf('\n', begin)) {
      line++;
      begin = i + 1;
    }
    return new Location(start.source(), line, at - begin + 1);
  }

  /** The next place of that character, over blanks and at most one escape sign. */
  private static int seek(String file, int from, char wanted) {
    int at = from;
    int escapes = 0;
    while (at < file.length() && file.charAt(at) != wanted) {
      char c = file.charAt(at);
      if (!Character.isWhitespace(c) && ++escapes > 1) {
        return -1;
      }
      if (!Character.isWhitespace(c) && "\\'\"".indexOf(c) < 0) {
        return -1;
      }
      at++;
    }
    return at < file.length() ? at : -1;
  }

  private static int offsetOf(String file, int line, int column) {
    int begin = 0;
    for (int n = 1; n < line; n++) {
      int end = file.indexOf('\n', begin);
      if (end < 0) {
        return file.length();
      }
      begin = end + 1;
    }
    return Math.min(begin + column - 1, file.length());
  }
}
