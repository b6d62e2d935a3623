package dev.hearth.run;

import dev.hearth.diag.ExitCode;
import dev.hearth.plan.Result;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * What one host made of one task, for the play that goes on after it.
 *
 * @param host which host
 * @param result the whole result, loops summed up
 * @param status how it counts
 * @param inclusions what the host wants included, in the order of the items
 * @param notified the handlers and topics that are notified if it changed something
 * @param reason the exit code that fits when the host failed or was lost
 */
record TaskReport(
    String host,
    Result result,
    Event.Status status,
    List<Inclusion> inclusions,
    List<Located> notified,
    ExitCode reason) {

  /** Keeps its own copies. */
  TaskReport {
    inclusions = List.copyOf(inclusions);
    notified = List.copyOf(notified);
  }

  boolean failed() {
    return status == Event.Status.FAILED;
  }

  boolean unreachable() {
    return status == Event.Status.UNREACHABLE;
  }

  /**
   * An include that a host asks for.
   *
   * @param arguments the directive's arguments, evaluated
   * @param locals the loop variables it was asked for with
   * @param item the item, for the output
   */
  record Inclusion(
      Value.Dict arguments, java.util.Map<String, Value> locals, Optional<Value> item) {

    /** The same with what the output calls its item. */
    Inclusion called(Value label) {
      return new Inclusion(arguments, locals, Optional.of(label));
    }
  }
}
