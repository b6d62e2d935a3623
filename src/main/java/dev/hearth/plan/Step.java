package dev.hearth.plan;

import dev.hearth.shell.Script;

/**
 * One thing to do on the host: the unit of execution, of the journal and of undoing.
 *
 * @param what what it does, for people, such as {@code write /etc/motd}
 * @param script how
 * @param effect what is known about it
 */
public record Step(String what, Script script, Effect effect) {

  /** A step whose effect is what the verdict says. */
  public static Step change(String what, Script script) {
    return new Step(what, script, Effect.KNOWN);
  }

  /** A step that runs something of the user's. */
  public static Step unknown(String what, Script script) {
    return new Step(what, script, Effect.UNKNOWN);
  }

  /** A step that only reads. */
  public static Step read(String what, Script script) {
    return new Step(what, script, Effect.READS);
  }
}
