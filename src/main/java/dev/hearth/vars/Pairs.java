package dev.hearth.vars;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits {@code a=1 b='two words' c={{ d }}} at the blanks that are neither in quotes nor in a
 * template, and undoes quotes and escapes the way Ansible does.
 */
final class Pairs {

  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\\\\'\"abfnrtv]))");
  private static final String ESCAPED = "\\'\"abfnrtv";
  private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

  private final Source source;
  private final String text;
  private final List<Located> pairs = new ArrayList<>();
  private int start = -1;
  private int quotedFrom = -1;
  private int templateFrom = -1;

  private Pairs(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /** The pairs as they are written, each with its place. */
  static List<Located> split(Source source) {
    return new Pairs(source).split();
  }

  private List<Located> split() {
    int position = 0;
    while (position < text.length()) {
      char character = text.charAt(position);
      boolean open = quotedFrom >= 0 || templateFrom >= 0;
      if (Character.isWhitespace(character) && !open) {
        end(position);
        position++;
        continue;
      }
      if (start < 0) {
        start = position;
      }
      position += character == '\\' ? 2 : step(character, position);
    }
    if (quotedFrom >= 0 || templateFrom >= 0) {
      int from = Math.max(quotedFrom, templateFrom);
      throw Diagnostic.error(at(from), "this is not closed")
          .because("a quote or a template is open at the end of the text")
          .next("close it; the shell may have taken quotes away: -e \"name='two words'\"")
          .failure();
    }
    end(text.length());
    return pairs;
  }

  /** Takes note of what opens or closes here, and says how many characters that were. */
  private int step(char character, int position) {
    String two = text.substring(position, Math.min(text.length(), position + 2));
    boolean quote = character == '\'' || character == '"';
    if (templateFrom >= 0) {
      if (two.equals("}}") || two.equals("%}") || two.equals("#}")) {
        templateFrom = -1;
        return 2;
      }
    } else if (quotedFrom >= 0) {
      if (character == text.charAt(quotedFrom)) {
        quotedFrom = -1;
      }
    } else if (two.equals("{{") || two.equals("{%") || two.equals("{#")) {
      templateFrom = position;
      return 2;
    } else if (quote) {
      quotedFrom = position;
    }
    return 1;
  }

  private void end(int position) {
    if (start >= 0) {
      pairs.add(new Located(Value.text(text.substring(start, position)), at(start)));
      start = -1;
    }
  }

  private Location at(int position) {
    String before = text.substring(0, position);
    int line = 1 + (int) before.chars().filter(character -> character == '\n').count();
    return new Location(source, line, position - before.lastIndexOf('\n'));
  }

  /** The text with its backslash escapes replaced by what they mean. */
  static String unescaped(String text) {
    return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(meaning(found)));
  }

  private static String meaning(MatchResult escape) {
    if (escape.group(4) != null) {
      return String.valueOf(MEANT.charAt(ESCAPED.indexOf(escape.group(4))));
    }
    for (int group = 1; group <= 3; group++) {
      if (escape.group(group) != null) {
        long code = Long.parseLong(escape.group(group), 16);
        return code > Character.MAX_CODE_POINT ? escape.group() : Character.toString((int) code);
      }
    }
    return escape.group();
  }

  /** The text without the quotes around it, if the same quote stands at both ends. */
  static String unquoted(String text) {
    int last = text.length() - 1;
    boolean quoted =
        last > 0
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(0) == text.charAt(last)
            && text.charAt(last - 1) != '\\';
    return quoted ? text.substring(1, last) : text;
  }
}
