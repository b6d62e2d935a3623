package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened in a run, for the views. Events of one task arrive in the order of the
 * play's hosts.
 */
public sealed interface Event {

  /**
   * A playbook begins.
   *
   * @param file its file, as it was named
   * @param plays how many plays it has
   */
  record PlaybookStarted(String file, int plays) implements Event {}

  /**
   * A play begins.
   *
   * @param checkMode whether it is to change nothing
   */
  record PlayStarted(String name, List<String> hosts, boolean checkMode) implements Event {}

  /** A host begins with the task. */
  record HostStarted(String host) implements Event {}

  /**
   * Whether to do a task was asked and answered.
   *
   * @param question as it was asked
   */
  record Asked(String question) implements Event {}

  /** A play has no hosts left to run on from the start. */
  record NoHostsMatched(String play) implements Event {}

  /**
   * A task begins on all hosts.
   *
   * @param kind what the banner says
   * @param name the role and the name as the banner shows them
   * @param action the full name of the module or directive
   * @param arguments how it is called as it is written; empty when that is to be hidden
   * @param at where the task is written
   * @param checkMode whether it is to change nothing
   */
  record TaskStarted(
      Kind kind,
      String name,
      String action,
      String arguments,
      Optional<Location> at,
      boolean checkMode)
      implements Event {}

  /** Kinds of banners. */
  enum Kind {
    /** A task. */
    TASK,
    /** A handler that was notified. */
    HANDLER
  }

  /**
   * What one host made of the task.
   *
   * @param host its name in the inventory
   * @param delegate the host that did the work instead, if any
   * @param action the full name of the module or directive
   * @param result what came back
   * @param status how it counts
   * @param item for one item of a loop, what it is called
   * @param looped whether this is the sum of a loop whose items were told one by one
   * @param diffs what changed, when somebody asked for it
   * @param hidden whether {@code no_log} hides the result
   * @param detail how much of the result is worth reading
   * @param at where the task is written
   */
  record HostDone(
      String host,
      Optional<String> delegate,
      String action,
      Result result,
      Status status,
      Optional<Value> item,
      boolean looped,
      List<ShownDiff> diffs,
      boolean hidden,
      Detail detail,
      Optional<Location> at)
      implements Event {}

  /** When a view shows the values of a result that is no failure. */
  enum Detail {
    /** They are what the task is for. */
    ALWAYS,
    /** When somebody wants to see more. */
    WHEN_VERBOSE
  }

  /** How a result counts. */
  enum Status {
    /** As it should be. */
    OK,
    /** Changed now. */
    CHANGED,
    /** Did not apply. */
    SKIPPED,
    /** Went wrong. */
    FAILED,
    /** Went wrong and is ignored. */
    IGNORED,
    /** The host could not be reached. */
    UNREACHABLE,
    /** The host could not be reached and that is ignored. */
    UNREACHABLE_IGNORED
  }

  /**
   * A task is tried again.
   *
   * @param detail how much of the last result is worth reading
   */
  record Retrying(String host, String task, int left, Result last, Detail detail)
      implements Event {}

  /**
   * A look at a job that runs by itself.
   *
   * @param job its id
   */
  record Async(String host, String job, Standing standing) implements Event {

    /** How it stands. */
    public enum Standing {
      /** It has not ended. */
      RUNNING,
      /** It ended well. */
      OK,
      /** It ended badly or not in time. */
      FAILED
    }
  }

  /**
   * A host's task says something to whoever watches.
   *
   * @param text one or more lines
   */
  record Said(String host, String text) implements Event {}

  /**
   * Something about the run's own ways, for whoever wants to know more.
   *
   * @param verbosity how often {@code -v} has to be given to see it
   */
  record Remarked(int verbosity, String text) implements Event {}

  /** A file of tasks was included. */
  record Included(String file, List<String> hosts, Optional<Value> item) implements Event {}

  /** All hosts of the play are gone. */
  record NoMoreHosts() implements Event {}

  /** Something worth knowing that stops nothing. */
  record Warned(Diagnostic diagnostic) implements Event {}

  /** The reason behind a failed or unreachable host, with its place and next step. */
  record Explained(String host, Diagnostic diagnostic) implements Event {}

  /** The run is over. */
  record Finished(List<HostTally> tallies) implements Event {}
}
