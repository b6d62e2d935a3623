package dev.hearth.template;

/** A {@code break} or {@code continue} on its way to the loop around it. */
final class LoopExit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean ends;

  /**
   * @param ends whether the loop ends, not only this round of it
   */
  LoopExit(boolean ends) {
    super(ends ? "break" : "continue", null, false, false);
    this.ends = ends;
  }

  boolean ends() {
    return ends;
  }
}
