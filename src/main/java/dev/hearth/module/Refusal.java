package dev.hearth.module;

/**
 * Arguments that contradict each other or the host; the task fails with this message and nothing
 * was touched.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong and what to do instead. */
  public Refusal(String message) {
    super(message);
  }
}
