package dev.hearth.journal;

/**
 * Binds lines together: each ends with digits made from those of the line before it and from its
 * own bytes, so that a line that was altered, dropped or put elsewhere is found.
 */
final class Chain {

  /** The digits that the first line is made with. */
  static final String START = "";

  private static final int DIGITS = 16;

  private Chain() {}

  /** The digits of a line. */
  static String digits(String before, String object) {
    return Digest.of(before + object).substring(0, DIGITS);
  }

  /** The whole line with its end. */
  static String line(String object, String digits) {
    return object + " " + digits + "\n";
  }

  /** Where the object ends in a line without its end, or -1 when there is no room for digits. */
  static int endOfObject(String line) {
    int end = line.length() - DIGITS - 1;
    return end > 0 && line.charAt(end) == ' ' ? end : -1;
  }
}
