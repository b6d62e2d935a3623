package dev.hearth.fact;

/**
 * A question that the host cannot answer, such as a directory that may not be read. It fails the
 * task.
 */
public final class UnreadableFact extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what could not be read and why. */
  public UnreadableFact(String message) {
    super(message);
  }
}
