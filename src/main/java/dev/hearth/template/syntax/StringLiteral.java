package dev.hearth.template.syntax;

/**
 * The escapes of Python's strings: an unknown escape keeps its backslash. In expressions of YAML
 * values Ansible takes backslashes as they are, so that regular expressions need no doubling.
 */
final class StringLiteral {

  private static final String SIMPLE = "abfnrtv\\'\"\n";
  private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b\\'\"";

  private StringLiteral() {}

  /** What the characters between the quotes stand for. */
  static String decode(String written, int at) {
    if (written.indexOf('\\') < 0) {
      return written;
    }
    StringBuilder text = new StringBuilder(written.length());
    int i = 0;
    while (i < written.length()) {
      char c = written.charAt(i);
      if (c == '\\' && i + 1 < written.length()) {
        i = escape(written, i + 1, text, at);
      } else {
        text.append(c);
        i++;
      }
    }
    return text.toString();
  }

  /** Takes the escape whose letter stands at {@code i}; gives where to go on. */
  private static int escape(String written, int i, StringBuilder text, int at) {
    char letter = written.charAt(i);
    int known = SIMPLE.indexOf(letter);
    if (known >= 0) {
      if (letter != '\n') {
        text.append(MEANINGS.charAt(known));
      }
      return i + 1;
    }
    if (letter >= '0' && letter <= '7') {
      return octal(written, i, text);
    }
    return switch (letter) {
      case 'x' -> hex(written, i + 1, 2, text, at);
      case 'u' -> hex(written, i + 1, 4, text, at);
      case 'U' -> hex(written, i + 1, 8, text, at);
      case 'N' -> named(written, i + 1, text, at);
      default -> {
        text.append('\\').append(letter);
        yield i + 1;
      }
    };
  }

  private static int named(String written, int i, StringBuilder text, int at) {
    int end = written.startsWith("{", i) ? written.indexOf('}', i) : -1;
    try {
      text.appendCodePoint(Character.codePointOf(written.substring(i + 1, end)));
      return end + 1;
    } catch (IllegalArgumentException | IndexOutOfBoundsException unknown) {
      throw new SyntaxFailure(
          at, "the string has a \\N escape without the name of a character", "write \\N{…}");
    }
  }

  private static int octal(String written, int i, StringBuilder text) {
    int end = i;
    int code = 0;
    while (end < written.length()
        && end < i + 3
        && written.charAt(end) >= '0'
        && written.charAt(end) <= '7') {
      code = code * 8 + written.charAt(end) - '0';
      end++;
    }
    text.appendCodePoint(code);
    return end;
  }

  private static int hex(String written, int i, int digits, StringBuilder text, int at) {
    int code = 0;
    for (int n = i; n < i + digits; n++) {
      int digit = n < written.length() ? Character.digit(written.charAt(n), 16) : -1;
      if (digit < 0) {
        throw new SyntaxFailure(
            at, "the string has a cut-off \\x or \\u escape", "write all " + digits + " digits");
      }
      code = code * 16 + digit;
    }
    if (!Character.isValidCodePoint(code)) {
      throw new SyntaxFailure(at, "the string has an escape that is no character", "");
    }
    text.appendCodePoint(code);
    return i + digits;
  }
}
