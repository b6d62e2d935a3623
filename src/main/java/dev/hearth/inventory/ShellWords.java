package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a host line as Python's {@code shlex} does: at blanks, quotes and backslashes taken as a
 * POSIX shell takes them, up to a {@code #} outside of quotes, even in the middle of a word.
 */
final class ShellWords {

  private final String line;
  private final Location start;
  private final List<Located> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int wordStart = -1;

  private ShellWords(String line, Location start) {
    this.line = line;
    this.start = start;
  }

  /**
   * The words of a line, each with its place.
   *
   * @param line the line
   * @param start where its first character stands
   */
  static List<Located> of(String line, Location start) {
    return new ShellWords(line, start).split();
  }

  private List<Located> split() {
    int position = 0;
    while (position < line.length() && line.charAt(position) != '#') {
      char character = line.charAt(position);
      if (Character.isWhitespace(character)) {
        end();
        position++;
        continue;
      }
      begin(position);
      position =
          switch (character) {
            case '\'', '"' -> quoted(position);
            case '\\' -> escaped(position);
            default -> {
              word.append(character);
              yield position + 1;
            }
          };
    }
    end();
    return words;
  }

  private int escaped(int backslash) {
    if (backslash + 1 >= line.length()) {
      throw wrong(backslash, "nothing follows the backslash", "remove it or double it");
    }
    word.append(line.charAt(backslash + 1));
    return backslash + 2;
  }

  private int quoted(int open) {
    char quote = line.charAt(open);
    int position = open + 1;
    while (position < line.length() && line.charAt(position) != quote) {
      char character = line.charAt(position);
      if (character == '\\' && quote == '"' && position + 1 < line.length()) {
        char next = line.charAt(position + 1);
        if (next == '"' || next == '\\') {
          character = next;
          position++;
        }
      }
      word.append(character);
      position++;
    }
    if (position >= line.length()) {
      throw wrong(open, "this quote is not closed", "close it with another " + quote);
    }
    return position + 1;
  }

  private void begin(int position) {
    if (wordStart < 0) {
      wordStart = position;
    }
  }

  private void end() {
    if (wordStart >= 0) {
      words.add(new Located(Value.text(word.toString()), start.plus(0, wordStart)));
      word.setLength(0);
      wordStart = -1;
    }
  }

  private HearthException wrong(int position, String summary, String next) {
    return Diagnostic.error(start.plus(0, position), summary)
        .because("host lines are split as a shell splits them")
        .next(next)
        .failure();
  }
}
