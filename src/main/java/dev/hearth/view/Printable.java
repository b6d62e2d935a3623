package dev.hearth.view;

/**
 * Makes text from hosts harmless for a terminal: nothing in it can move the cursor, set titles or
 * hide text.
 */
public final class Printable {

  private Printable() {}

  /**
   * The text with all control and bidirectional characters but line ends and tab written as {@code
   * \\uXXXX}.
   */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int point = text.codePointAt(at);
      if (dangerous(point) && !text.startsWith("\r\n", at)) {
        safe.append(String.format("\\u%04x", point));
      } else {
        safe.appendCodePoint(point);
      }
    }
    return safe.toString();
  }

  private static boolean dangerous(int point) {
    boolean control = Character.isISOControl(point) && point != '\n' && point != '\t';
    boolean direction =
        (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return control || direction;
  }
}
