package dev.hearth.template;

import dev.hearth.diag.Diagnostic;

/**
 * A template cannot be parsed or evaluated. The diagnostic has the place inside the template; it
 * never holds a secret.
 */
public class TemplateFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  /** Stops the evaluation with this finding. */
  public TemplateFailure(Diagnostic diagnostic) {
    super(diagnostic.summary());
    this.diagnostic = diagnostic;
  }

  /** Stops the evaluation with this finding, which another exception led to. */
  public TemplateFailure(Diagnostic diagnostic, Throwable cause) {
    super(diagnostic.summary(), cause);
    this.diagnostic = diagnostic;
  }

  /** What is wrong, where, and what to do next. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
