package dev.hearth.template;

import dev.hearth.diag.Diagnostic;

/** A template uses a variable, attribute or item that has no value. */
public final class UndefinedFailure extends TemplateFailure {

  private static final long serialVersionUID = 1L;

  /** Stops the evaluation with this finding. */
  public UndefinedFailure(Diagnostic diagnostic) {
    super(diagnostic);
  }
}
