package dev.hearth.template.python;

/**
 * A value cannot do what was asked of it. The message says why without showing a secret; whoever
 * knows the place makes a diagnostic of it.
 */
public class PythonError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Stops with one clause without a full stop. */
  public PythonError(String message) {
    super(message);
  }

  /** The reason. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
