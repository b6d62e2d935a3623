package dev.hearth.template.filter;

import java.util.regex.Pattern;

/** Writes one text as PyYAML does: plain where that reads back as the same text, else quoted. */
final class YamlScalar {

  private static final Pattern RESOLVES =
      Pattern.compile(
          "~|null|Null|NULL|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
              + "|<<|=|[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
              + "|[-+]?(?:[0-9][0-9_]*)\\.[0-9_]*(?:[eE][-+][0-9]+)?"
              + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)"
              + "|\\d{4}-\\d\\d-\\d\\d"
              + "|\\d{4}-\\d\\d?-\\d\\d?(?:[Tt]|[ \\t]+)\\d\\d?:\\d\\d:\\d\\d(?:\\.\\d*)?"
              + "(?:[ \\t]*(?:Z|[-+]\\d\\d?(?::\\d\\d)?))?");

  private final String value;
  private final boolean flow;
  private final boolean key;
  private final int width;
  private boolean special;
  private boolean flowIndicator;
  private boolean blockIndicator;
  private boolean lineBreak;
  private boolean edgeBlank;
  private boolean breakBlank;

  YamlScalar(String value, boolean flow, boolean key, int width) {
    this.value = value;
    this.flow = flow;
    this.key = key;
    this.width = width;
  }

  /**
   * The text as it is written.
   *
   * @param column where it begins
   * @param indent where its further lines begin
   */
  String write(int column, int indent) {
    analyze();
    boolean split = !key;
    boolean unquoted =
        !value.isEmpty()
            && !edgeBlank
            && !special
            && !lineBreak
            && !(flow ? flowIndicator : blockIndicator)
            && !RESOLVES.matcher(value).matches();
    if (unquoted) {
      return folded(column, indent, split, "", value, false);
    }
    boolean single = !special && !breakBlank && !(key && lineBreak);
    if (single) {
      return singleQuoted(column, indent, split);
    }
    return doubleQuoted(column, indent, split);
  }

  private void analyze() {
    if (value.startsWith("---") || value.startsWith("...")) {
      blockIndicator = true;
      flowIndicator = true;
    }
    boolean beforeBlank = true;
    boolean previousBreak = false;
    boolean previousSpace = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean afterBlank =
          i + 1 >= value.length()
              || "\0 \t\r\n\u0085\u2028\u2029".indexOf(value.charAt(i + 1)) >= 0;
      indicators(i, c, beforeBlank, afterBlank);
      boolean isBreak = "\n\u0085\u2028\u2029".indexOf(c) >= 0;
      lineBreak |= isBreak;
      special |= !printable(c) && c != '\n';
      boolean space = c == ' ';
      boolean edge = i == 0 || i == value.length() - 1;
      edgeBlank |= edge && (space || isBreak);
      breakBlank |= (space && previousBreak) || (isBreak && previousSpace);
      breakBlank |= space && i == value.length() - 1 && previousBreak;
      previousSpace = space;
      previousBreak = isBreak;
      beforeBlank = "\0 \t\r\n\u0085\u2028\u2029".indexOf(c) >= 0;
    }
  }

  private void indicators(int i, char c, boolean beforeBlank, boolean afterBlank) {
    if (i == 0) {
      if ("#,[]{}&*!|>'\"%@`".indexOf(c) >= 0) {
        flowIndicator = true;
        blockIndicator = true;
      }
      if (c == '?' || c == ':') {
        flowIndicator = true;
        blockIndicator |= afterBlank;
      }
      if (c == '-' && afterBlank) {
        flowIndicator = true;
        blockIndicator = true;
      }
      return;
    }
    if (",?[]{}".indexOf(c) >= 0) {
      flowIndicator = true;
    }
    if (c == ':') {
      flowIndicator = true;
      blockIndicator |= afterBlank;
    }
    if (c == '#' && beforeBlank) {
      flowIndicator = true;
      blockIndicator = true;
    }
  }

  private static boolean printable(char c) {
    return c == '\n'
        || (c >= 0x20 && c <= 0x7e)
        || c == 0x85
        || (c >= 0xa0 && c <= 0xd7ff)
        || Character.isSurrogate(c)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
  }

  private String singleQuoted(int column, int indent, boolean split) {
    return folded(column + 1, indent, split, "'", value.replace("'", "''"), true) + "'";
  }

  /** Text whose single blanks may become line ends when a line is full. */
  private String folded(
      int column, int indent, boolean split, String opening, String body, boolean quoted) {
    StringBuilder text = new StringBuilder(opening);
    int at = column;
    int i = 0;
    while (i < body.length()) {
      int end = i;
      char c = body.charAt(i);
      if (c == ' ') {
        while (end < body.length() && body.charAt(end) == ' ') {
          end++;
        }
        boolean inside = !quoted || (i > 0 && end < body.length());
        if (end - i == 1 && at > width && split && inside) {
          text.append('\n').append(" ".repeat(indent));
          at = indent;
        } else {
          text.append(body, i, end);
          at += end - i;
        }
      } else if (c == '\n') {
        while (end < body.length() && body.charAt(end) == '\n') {
          end++;
        }
        text.append("\n".repeat(end - i + 1)).append(" ".repeat(indent));
        at = indent;
      } else {
        while (end < body.length() && body.charAt(end) != ' ' && body.charAt(end) != '\n') {
          end++;
        }
        text.append(body, i, end);
        at += end - i;
      }
      i = end;
    }
    return text.toString();
  }

  private String doubleQuoted(int column, int indent, boolean split) {
    StringBuilder text = new StringBuilder("\"");
    int at = column + 1;
    int start = 0;
    for (int end = 0; end <= value.length(); end++) {
      boolean last = end == value.length();
      char c = last ? '\0' : value.charAt(end);
      boolean plain = !last && printable(c) && c != '\n' && "\"\\\u0085\u2028\u2029".indexOf(c) < 0;
      if (!plain && start < end) {
        text.append(value, start, end);
        at += end - start;
        start = end;
      }
      if (!plain && !last) {
        String escaped = escaped(c);
        text.append(escaped);
        at += escaped.length();
        start = end + 1;
      }
      boolean middle = end > 0 && end < value.length() - 1;
      if (middle && (c == ' ' || start >= end) && at + end - start > width && split) {
        String part = start < end ? value.substring(start, end) : "";
        text.append(part).append("\\\n").append(" ".repeat(indent));
        start = Math.max(start, end);
        at = indent;
        if (value.charAt(start) == ' ') {
          text.append('\\');
          at++;
        }
      }
    }
    return text.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\0' -> "\\0";
      case '\u0007' -> "\\a";
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\u000b' -> "\\v";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      case '\u001b' -> "\\e";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\u0085' -> "\\N";
      case '\u00a0' -> "\\_";
      case '\u2028' -> "\\L";
      case '\u2029' -> "\\P";
      default -> c < 0x100 ? "\\x%02X".formatted((int) c) : "\\u%04X".formatted((int) c);
    };
  }
}
