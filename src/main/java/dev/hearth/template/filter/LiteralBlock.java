package dev.hearth.template.filter;

import java.util.regex.Pattern;

/**
 * Texts of several lines as YAML's literal blocks, by the rules of PyYAML's emitter (YAML 1.1,
 * "Literal Style").
 */
final class LiteralBlock {

  private static final Pattern BREAKS = Pattern.compile("[\n\u0085\u2028\u2029\r\u000b\u000c]");
  private static final Pattern SPACES_BEFORE_BREAK =
      Pattern.compile(" +([\n\u0085\u2028\u2029\r\u000b\u000c])");
  private static final int TAB = 8;

  private LiteralBlock() {}

  static boolean hasLines(String text) {
    return BREAKS.matcher(text).find();
  }

  /** The text without what a literal block cannot hold. */
  static String readable(String text) {
    String stripped = text.replaceAll("[\\s\u0085]+\\z", "");
    StringBuilder plain = new StringBuilder();
    int column = 0;
    for (int point : stripped.codePoints().toArray()) {
      if (point == '\t') {
        int spaces = TAB - column % TAB;
        plain.append(" ".repeat(spaces));
        column += spaces;
      } else {
        column = point == '\n' || point == '\r' ? 0 : column + 1;
        if (printable(point)) {
          plain.appendCodePoint(point);
        }
      }
    }
    return SPACES_BEFORE_BREAK.matcher(plain).replaceAll("$1");
  }

  /** Whether a literal block can hold the text as it is. */
  static boolean canHold(String text) {
    return !text.isEmpty()
        && !text.endsWith(" ")
        && !SPACES_BEFORE_BREAK.matcher(text).find()
        && text.codePoints().allMatch(LiteralBlock::printable);
  }

  /** The block from its {@code |} on, without a line end behind the last line. */
  static String write(String text, int column, int indent) {
    StringBuilder block = new StringBuilder("|");
    if (text.startsWith(" ") || text.startsWith("\n")) {
      block.append(indent);
    }
    if (!text.endsWith("\n")) {
      block.append('-');
    } else if (text.length() == 1 || text.charAt(text.length() - 2) == '\n') {
      block.append('+');
    }
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      block.append('\n');
      if (!line.isEmpty()) {
        block.append(" ".repeat(column)).append(line);
      }
    }
    return block.toString();
  }

  private static boolean printable(int point) {
    return point == '\n'
        || (point >= ' ' && point <= '~')
        || point == 0x85
        || (point >= 0xA0 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD && point != 0xFEFF)
        || point >= 0x10000;
  }
}
