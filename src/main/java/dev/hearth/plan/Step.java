package dev.hearth.plan;

import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.Map;

/**
 * One thing to do on the host: the unit of execution, of the journal and of undoing.
 *
 * @param what what it does, for people, such as {@code write /etc/motd}
 * @param script how
 * @param effect what is known about it
 * @param undo how it is taken back
 */
public record Step(String what, Script script, Effect effect, Undo undo) {

  /** A step whose effect is what the verdict says. */
  public static Step change(String what, Script script, Undo undo) {
    return new Step(what, script, Effect.KNOWN, undo);
  }

  /** A step that runs something of the user's. */
  public static Step unknown(String what, Script script) {
    return new Step(
        what, script, Effect.UNKNOWN, new Undo.Impossible("what a command does is not known"));
  }

  /** The same, taken back in this environment. */
  public Step undoneIn(Map<String, Word> environment) {
    return new Step(what, script, effect, undo.in(environment));
  }

  /** A step that only reads. */
  public static Step read(String what, Script script) {
    return new Step(what, script, Effect.READS, new Undo.Nothing("it only reads"));
  }
}
