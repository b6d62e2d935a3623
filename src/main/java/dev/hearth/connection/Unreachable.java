package dev.hearth.connection;

import dev.hearth.diag.Diagnostic;

/** The host cannot be reached, or we cannot trust it, or it will not let us in. */
public final class Unreachable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  /**
   * The reason with its next step; its exit code tells whether network, host key or authentication
   * is to blame.
   */
  public Unreachable(Diagnostic diagnostic) {
    super(diagnostic.summary());
    this.diagnostic = diagnostic;
  }

  /** The reason with its next step. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
