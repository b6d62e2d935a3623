package dev.hearth.template.python;

import dev.hearth.value.Value;

/** Something undefined was used where a value is needed. */
public final class UndefinedUse extends PythonError {

  private static final long serialVersionUID = 1L;

  private final transient Value.Undefined undefined;

  /** Stops because of this. */
  public UndefinedUse(Value.Undefined undefined) {
    super(undefined.description());
    this.undefined = undefined;
  }

  /** What is undefined. */
  public Value.Undefined undefined() {
    return undefined;
  }
}
