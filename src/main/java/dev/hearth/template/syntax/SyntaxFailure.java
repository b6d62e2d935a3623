package dev.hearth.template.syntax;

/** A template does not follow the grammar. */
public final class SyntaxFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String next;

  /**
   * Stops the parser.
   *
   * @param offset where in the template
   * @param summary what is wrong, one sentence without a full stop
   * @param next what to do about it; may be empty
   */
  public SyntaxFailure(int offset, String summary, String next) {
    super(summary);
    this.offset = offset;
    this.next = next;
  }

  /** Where in the template, counted in characters from 0. */
  public int offset() {
    return offset;
  }

  /** What is wrong. */
  public String summary() {
    return String.valueOf(getMessage());
  }

  /** What to do about it; may be empty. */
  public String next() {
    return next;
  }
}
