package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.yaml.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arguments written as {@code key=value} behind a module's name. They are split at blanks outside
 * of quotes and templates, as Ansible does, before any template is evaluated.
 */
final class KeyValues {

  private static final Pattern PAIR =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*)=(.*)", Pattern.DOTALL);
  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:U([0-9A-Fa-f]{8})|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([\\\\'\"abfnrtv]))");

  private final String text;
  private final Location at;
  private final boolean secret;

  /**
   * One piece of the text.
   *
   * @param key what stands before the '='; empty for other text
   * @param value what stands behind it, or the whole piece
   * @param start its offset in the text
   * @param end the offset behind it
   */
  record Piece(Optional<String> key, String value, int start, int end) {}

  KeyValues(String text, Location at, boolean secret) {
    this.text = text;
    this.at = at;
    this.secret = secret;
  }

  /**
   * The pieces in their order.
   *
   * @throws dev.hearth.diag.HearthException when a quote or template is not closed
   */
  List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    int index = 0;
    while (index < text.length()) {
      if (Character.isWhitespace(text.charAt(index))) {
        index++;
        continue;
      }
      int end = endOfPiece(index);
      pieces.add(piece(index, end));
      index = end;
    }
    return pieces;
  }

  /** The value of a piece as it takes part in a task, with its place. */
  Located located(Piece piece) {
    Location place = place(piece.end() - piece.value().length());
    String characters = unescaped(unquoted(piece.value()));
    return new Located(Values.written(characters, place, secret), place);
  }

  /**
   * The text with these pieces cut out, everything else as it was written: blanks around it and the
   * end of its last line, too. A line's end goes with the piece before it, as in Ansible.
   */
  String without(List<Piece> cut) {
    StringBuilder rest = new StringBuilder(text);
    for (Piece piece : cut.reversed()) {
      int start = piece.start();
      int end = piece.end();
      if (end < rest.length() && (rest.charAt(end) == '\n' || rest.charAt(end) == ' ')) {
        end++;
      }
      if (end == rest.length() && start > 0 && rest.charAt(start - 1) == ' ') {
        start--;
      }
      rest.delete(start, end);
    }
    return rest.toString();
  }

  /** Where the character with that offset stands. */
  Location place(int offset) {
    String before = text.substring(0, offset);
    int lines = (int) before.chars().filter(character -> character == '\n').count();
    int column = offset - (before.lastIndexOf('\n') + 1);
    return at.plus(lines, column);
  }

  private int endOfPiece(int start) {
    char quote = 0;
    int index = start;
    while (index < text.length()) {
      char character = text.charAt(index);
      if (opensTemplate(index) && (quote == 0 || closes(index))) {
        index = endOfTemplate(index);
        continue;
      }
      if (character == '\\' && index + 1 < text.length() && isQuote(text.charAt(index + 1))) {
        index += 2;
        continue;
      }
      if (isQuote(character)) {
        quote = quote == 0 ? character : quote == character ? 0 : quote;
      } else if (quote == 0 && Character.isWhitespace(character)) {
        return index;
      }
      index++;
    }
    if (quote != 0) {
      throw unbalanced(start, "the quote " + quote + " is not closed");
    }
    return index;
  }

  private boolean opensTemplate(int index) {
    return text.startsWith("{{", index)
        || text.startsWith("{%", index)
        || text.startsWith("{#", index);
  }

  private boolean closes(int start) {
    return text.indexOf(closing(start), start + 2) >= 0;
  }

  private String closing(int start) {
    return switch (text.charAt(start + 1)) {
      case '{' -> "}}";
      case '%' -> "%}";
      default -> "#}";
    };
  }

  private int endOfTemplate(int start) {
    String close = closing(start);
    int end = text.indexOf(close, start + 2);
    if (end < 0) {
      throw unbalanced(start, "the template is not closed with " + close);
    }
    return end + 2;
  }

  private HearthException unbalanced(int offset, String why) {
    return Diagnostic.error(place(offset), "these arguments cannot be split")
        .because(why + "; quotes and templates behind a module's name have to be complete")
        .next("close it, or write the arguments as 'name: value' lines (cmd: for a command)")
        .failure();
  }

  private Piece piece(int start, int end) {
    String characters = text.substring(start, end);
    Matcher pair = PAIR.matcher(characters);
    if (pair.matches()) {
      return new Piece(Optional.of(pair.group(1)), pair.group(2), start, end);
    }
    return new Piece(Optional.empty(), characters, start, end);
  }

  private static boolean isQuote(char character) {
    return character == '"' || character == '\'';
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && isQuote(value.charAt(0))
            && value.charAt(0) == value.charAt(value.length() - 1)
            && value.charAt(value.length() - 2) != '\\';
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static String unescaped(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    Matcher escape = ESCAPE.matcher(value);
    return escape.replaceAll(found -> Matcher.quoteReplacement(unescaped(found, found.group())));
  }

  private static String unescaped(MatchResult escape, String written) {
    for (int group = 1; group <= 3; group++) {
      if (escape.group(group) != null) {
        int codePoint = Integer.parseUnsignedInt(escape.group(group), 16);
        return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : written;
      }
    }
    return switch (escape.group(4)) {
      case "a" -> "\u0007";
      case "b" -> "\b";
      case "f" -> "\f";
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      case "v" -> "\u000B";
      default -> escape.group(4);
    };
  }
}
