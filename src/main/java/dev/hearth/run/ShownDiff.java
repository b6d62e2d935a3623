package dev.hearth.run;

import dev.hearth.value.Value;

/** A difference that somebody asked to see; both sides are known by now. */
public sealed interface ShownDiff {

  /**
   * Two texts with what stands behind {@code ---} and {@code +++}. Secret sides are not shown, only
   * that they differ.
   */
  record Texts(String beforeHeader, Value.Textual before, String afterHeader, Value.Textual after)
      implements ShownDiff {

    /**
     * Two texts, of files where the names are not empty. What replaces a secret, or is replaced by
     * one, is taken for a secret too.
     */
    static Texts guarded(
        String beforeName, Value.Textual before, String afterName, Value.Textual after) {
      boolean secret = before instanceof Value.Secret || after instanceof Value.Secret;
      return new Texts(
          header("before", beforeName),
          secret ? new Value.Secret(before.reveal()) : before,
          header("after", afterName),
          secret ? new Value.Secret(after.reveal()) : after);
    }

    private static String header(String side, String name) {
      return name.isEmpty() ? side : side + ": " + name;
    }
  }

  /** A text made by the module. */
  record Prepared(String text) implements ShownDiff {}
}
