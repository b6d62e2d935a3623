package dev.hearth.journal;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the journals of runs and the receipts of hosts: {@code docs/design/store.md}. Whatever
 * cannot be read or written is told as a {@link dev.hearth.diag.HearthException}.
 */
public interface RunStore extends AutoCloseable {

  /** What a run's header calls the run that it continues. */
  String CONTINUES = "continues";

  /** A run of this process begins, with its own journal. */
  RecordLog begin(String run, Entry.Header header);

  /** Begins the journal of a host in a run of this process that has its lease. */
  RecordLog journal(String run, String host, Entry.Header header);

  /**
   * Lets a run of this process write about a host, and no other; does nothing when it may already.
   *
   * @param who who runs it, for others
   * @param patience how long to wait for another run
   * @throws dev.hearth.diag.HearthException with {@link ExitCode#LOCKED} when another run has it
   */
  void lease(String run, String host, String who, Duration patience);

  /** Others may write about the host. */
  void release(String run, String host);

  /** The journal of a run itself, if there is such a run. */
  Optional<Journal> run(String run);

  /** The journal of a host in a run, if the run did something there. */
  Optional<Journal> host(String run, String host);

  /** The journals of a run's hosts. */
  List<Journal> hosts(String run);

  /** The names of all runs, the oldest first. */
  List<String> runs();

  /** Whether a run goes on. */
  boolean isRunning(String run);

  /** The runs that were cut off, the oldest first: what they did is not in the receipts. */
  List<String> cutOff();

  /** Notes that a run's journals are in the receipts. */
  void finish(String run);

  /**
   * Ends the journal of a host in a run that was cut off: the receipt has it.
   *
   * @param by the run that took it over and has the host's lease
   */
  void end(Journal cutOff, String by);

  /** A host's receipt, if there is one. */
  Optional<Journal> receipt(String host);

  /**
   * Puts a receipt in the place of the one before, in one step.
   *
   * @param run the run that has the host's lease
   */
  void replaceReceipt(String run, String host, byte[] content);

  /**
   * Keeps a receipt under another name, so that the host has none.
   *
   * @param suffix of the other name
   * @return where it is kept; nothing when there is none
   */
  Optional<String> setReceiptAside(String host, String suffix);

  /** Where a host's receipt is, for people. */
  String placeOfReceipt(String host);

  /** Where all this is, for people. */
  String place();

  @Override
  void close();

  /**
   * The journals of a host in runs that were cut off: they go on no longer, and what they did is
   * not in the receipt. The oldest first.
   */
  default List<Journal> cutOff(String host) {
    return cutOff().stream()
        .flatMap(run -> host(run, host).stream())
        .filter(journal -> !journal.ended())
        .toList();
  }

  /**
   * The run with this name, or the only one whose name begins so.
   *
   * @throws dev.hearth.diag.HearthException when there is none, or more than one
   */
  default String find(String name) {
    List<String> all = runs();
    List<String> found = all.stream().filter(run -> run.startsWith(name)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw Diagnostic.error(
            ExitCode.NOT_FOUND,
            found.isEmpty()
                ? "there is no run '" + name + "'"
                : "several runs begin with '" + name + "'")
        .because(found.isEmpty() ? "looked in " + place() : found.toString())
        .next(Nearest.hint(name, all, "list the runs: hearth history"))
        .failure();
  }

  /**
   * The journal of a run that is in the list of runs.
   *
   * @throws dev.hearth.diag.HearthException when it has none
   */
  default Journal journalOf(String run) {
    return run(run)
        .orElseThrow(
            () ->
                Diagnostic.error(ExitCode.NOT_FOUND, "the run " + run + " has no journal")
                    .because("it was cut off when it began, or its file was removed")
                    .next("list the runs: hearth history")
                    .failure());
  }

  /** A run and those that it continues, the oldest first. */
  default List<String> chain(String run) {
    List<String> all = new ArrayList<>(List.of(run));
    for (; ; ) {
      List<String> before =
          run(all.getFirst())
              .map(journal -> journal.header().details().getOrDefault(CONTINUES, List.of()))
              .orElse(List.of());
      if (before.isEmpty() || all.contains(before.getFirst())) {
        return List.copyOf(all);
      }
      all.addFirst(before.getFirst());
    }
  }
}
