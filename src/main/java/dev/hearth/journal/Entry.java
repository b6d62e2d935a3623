package dev.hearth.journal;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One record of a journal or a receipt. Nothing in it is a secret. */
public sealed interface Entry {

  /** The newest format that this program reads, and the one that it writes. */
  int FORMAT = 2;

  /**
   * What a file begins with.
   *
   * @param format the format of all that follows
   * @param content {@code run}, {@code journal} or {@code receipt}
   * @param run the run's name; that of the last one in a receipt
   * @param host whose it is; empty for the run's own file
   * @param tool the version that wrote it
   * @param details what is only told: who ran it, with which arguments, where
   * @param ancestors digests that earlier versions of a receipt ended with, the youngest last
   */
  record Header(
      int format,
      String content,
      String run,
      String host,
      String tool,
      Map<String, List<String>> details,
      List<String> ancestors)
      implements Entry {

    /** Keeps its own copies. */
    public Header {
      details = Map.copyOf(details);
      ancestors = List.copyOf(ancestors);
    }
  }

  /**
   * A step is about to be done; written and on the disk before it is.
   *
   * @param step its number on this host in this run, from 1
   * @param run the run that does it
   * @param task the task's name
   * @param at where the task is written
   * @param what what the step does
   * @param digest SHA-256 of its script without secrets
   * @param user who does it on the host; empty for the user that logs in
   * @param undo how it is taken back, in this order
   */
  record Intended(
      int step,
      String run,
      String task,
      String at,
      String what,
      String digest,
      String user,
      List<Part> undo)
      implements Entry {

    /** Keeps its own copy. */
    public Intended {
      undo = List.copyOf(undo);
    }
  }

  /**
   * One part of how a step is taken back.
   *
   * @param kind one of the kinds
   * @param text a path, what is watched, or for people what it does or why it cannot be done
   */
  record Part(Kind kind, String text) {}

  /** What a part does. */
  enum Kind {
    /** A path is put back as it was. */
    RESTORE,
    /** A tree is put back as it was. */
    TREE,
    /** Owners and modes below a root are put back. */
    ATTRIBUTES,
    /** What the step brought is removed. */
    APPEARED,
    /** A script that the host keeps is run. */
    RUN,
    /** Nothing is taken back: it tells how the step left something that is no file. */
    WATCH,
    /** There is nothing to take back. */
    NOTHING,
    /** It cannot be taken back. */
    IMPOSSIBLE
  }

  /**
   * The host has stored what was there before a step.
   *
   * @param run the run of the step
   * @param place the directory on the host that holds it
   * @param before for each part that has a path what was there, in the order of the parts; empty
   *     for the others
   */
  record Kept(int step, String run, String place, List<String> before) implements Entry {

    /** Keeps its own copy. */
    public Kept {
      before = List.copyOf(before);
    }
  }

  /**
   * A step ended.
   *
   * @param run the run of the step
   * @param exit its exit status; none when it was lost or never begun
   * @param how why there is no exit status; empty when there is one
   * @param after for each part that has a path or is watched what is there now, in the order of the
   *     parts; {@code -} for the others, and no list at all when nobody could look
   * @param appeared names that the step brought
   */
  record Ended(
      int step, String run, OptionalInt exit, String how, List<String> after, List<String> appeared)
      implements Entry {

    /** Keeps its own copies. */
    public Ended {
      after = List.copyOf(after);
      appeared = List.copyOf(appeared);
    }
  }

  /**
   * What a module did for a task is over; {@code resume} does not do it again.
   *
   * @param at where the task is written
   * @param count how often the task's module had been used on this host in this run before
   * @param result the result as JSON; empty when it has a secret in it, and is not kept
   */
  record Done(String at, int count, String result) implements Entry {}

  /**
   * Teardown dealt with a step.
   *
   * @param run the run of the step
   * @param how {@code done}, {@code drifted}, {@code impossible} or {@code failed}
   * @param why the reason; empty when it is done
   */
  record Undone(int step, String run, String how, String why) implements Entry {}

  /**
   * The run ended.
   *
   * @param exit Hearth's exit status
   */
  record End(int exit, String at) implements Entry {}
}
