package dev.hearth.module;

/** A value that cannot become what a parameter wants; says what would fit. */
final class Mismatch extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String next;

  Mismatch(String expected, String next) {
    super(expected);
    this.next = next;
  }

  /** What would fit, such as {@code a whole number}. */
  String expected() {
    return String.valueOf(getMessage());
  }

  /** What the user can do; may be empty. */
  String next() {
    return next;
  }
}
