package dev.hearth.ssh;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One setting as a line of ssh_config or an {@code -o} word gives it.
 *
 * @param keyword in small letters
 * @param words its values, quotes taken off
 * @param rest the same as one text, for the settings that take the rest of the line
 * @param at where it stands
 */
record SshConfigLine(String keyword, List<String> words, String rest, Location at) {

  /** Keeps its own copy. */
  SshConfigLine {
    words = List.copyOf(words);
  }

  /** All settings of a file, in order. */
  static List<SshConfigLine> all(Source source) {
    List<SshConfigLine> lines = new ArrayList<>();
    int number = 0;
    for (String text : source.text().lines().toList()) {
      number++;
      parse(text, new Location(source, number, 1 + text.length() - text.stripLeading().length()))
          .ifPresent(lines::add);
    }
    return lines;
  }

  /**
   * Understands one line; empty for blank lines and comments.
   *
   * @throws dev.hearth.diag.HearthException for a keyword without a value or a quote without its
   *     end
   */
  static Optional<SshConfigLine> parse(String text, Location at) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    int end = 0;
    while (end < line.length()
        && !Character.isWhitespace(line.charAt(end))
        && line.charAt(end) != '=') {
      end++;
    }
    String keyword = line.substring(0, end).toLowerCase(Locale.ROOT);
    String rest = line.substring(end).strip();
    if (rest.startsWith("=")) {
      rest = rest.substring(1).strip();
    }
    List<String> words = words(rest, at);
    if (words.isEmpty()) {
      throw Diagnostic.error(at, "the SSH setting '" + line.substring(0, end) + "' has no value")
          .failure();
    }
    return Optional.of(new SshConfigLine(keyword, words, rest, at));
  }

  private static List<String> words(String text, Location at) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"') {
        quoted = !quoted;
        inside = true;
      } else if (Character.isWhitespace(character) && !quoted) {
        if (inside) {
          words.add(word.toString());
          word.setLength(0);
        }
        inside = false;
      } else if (character == '#' && !quoted && !inside) {
        return words;
      } else {
        word.append(character);
        inside = true;
      }
    }
    if (quoted) {
      throw Diagnostic.error(at, "a quote is opened and not closed")
          .next("close it with a second \"")
          .failure();
    }
    if (inside) {
      words.add(word.toString());
    }
    return words;
  }

  /** The first value. */
  String value() {
    return words.getFirst();
  }
}
