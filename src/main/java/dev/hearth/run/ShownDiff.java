package dev.hearth.run;

import dev.hearth.value.Value;

/** A difference that somebody asked to see; both sides are known by now. */
public sealed interface ShownDiff {

  /**
   * Two texts with what stands behind {@code ---} and {@code +++}. Secret sides are not shown, only
   * that they differ.
   */
  record Texts(String beforeHeader, Value.Textual before, String afterHeader, Value.Textual after)
      implements ShownDiff {}

  /** A text made by the module. */
  record Prepared(String text) implements ShownDiff {}
}
