package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.value.Value;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Why a variable has its value on a host: in a play, or outside of any.
 *
 * @param host the host
 * @param variable the variable's name
 * @param play the play's name and place; empty outside of any play
 * @param definitions every definition that is seen there, the winning one first
 * @param value what the winning one evaluates to; empty when it cannot be evaluated or when there
 *     is none
 * @param failure why it cannot be evaluated
 * @param uses the variables that the winning definition reads
 * @param elsewhere definitions that only some tasks of the play see, or that come into being while
 *     it runs
 */
public record Explanation(
    String host,
    String variable,
    Optional<InPlay> play,
    List<Variable> definitions,
    Optional<Value> value,
    Optional<Diagnostic> failure,
    List<Use> uses,
    List<Elsewhere> elsewhere) {

  /** Keeps its own copies. */
  public Explanation {
    definitions = List.copyOf(definitions);
    uses = List.copyOf(uses);
    elsewhere = List.copyOf(elsewhere);
  }

  /** A play's name and place. */
  public record InPlay(String name, Location at) {}

  /**
   * A variable that a definition reads.
   *
   * @param name its name
   * @param definition what it is there; empty when nothing defines it
   */
  public record Use(String name, Optional<Variable> definition) {}

  /**
   * A definition that does not hold for the whole play.
   *
   * @param level how strong it is
   * @param at where it is
   * @param written its value as it is written; empty when only the run knows it
   * @param where who sees it, or when it comes into being
   */
  public record Elsewhere(Level level, Location at, Optional<Value> written, String where) {}
}
