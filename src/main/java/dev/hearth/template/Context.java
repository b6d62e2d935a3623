package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Value;

/**
 * Where an expression stands: the evaluation it is part of, the text it is written in, the names
 * made so far, and the blocks that templates derived from this one put in.
 *
 * @param evaluation the evaluation
 * @param locator finds places in the text
 * @param frame the innermost names
 * @param blocks the blocks
 * @param isolated whether the variables of the scope are hidden, as in an imported template
 */
record Context(
    Evaluation evaluation, Locator locator, Frame frame, Blocks blocks, boolean isolated) {

  /** The same one level further in. */
  Context inner() {
    return inner(new Frame(frame));
  }

  /** The same with another innermost frame. */
  Context inner(Frame other) {
    return new Context(evaluation, locator, other, blocks, isolated);
  }

  Location locate(int offset) {
    return locator.locate(offset);
  }

  /** The failure that a Python error at this place is. */
  TemplateFailure failure(int offset, PythonError error) {
    if (error instanceof UndefinedUse use) {
      return evaluation.undefined(use.undefined(), locate(offset));
    }
    return new TemplateFailure(Diagnostic.error(locate(offset), error.reason()), error);
  }

  /** Something undefined that was asked for at this place. */
  Value.Undefined missing(int offset, String description) {
    return new Value.Undefined(description, locate(offset));
  }
}
