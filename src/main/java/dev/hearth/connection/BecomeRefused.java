package dev.hearth.connection;

import dev.hearth.diag.Diagnostic;

/**
 * The host does not let us become the other user: password missing or wrong, not allowed, no such
 * program.
 */
public final class BecomeRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  /** The reason with its next step. */
  public BecomeRefused(Diagnostic diagnostic) {
    super(diagnostic.summary());
    this.diagnostic = diagnostic;
  }

  /** The reason with its next step. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
