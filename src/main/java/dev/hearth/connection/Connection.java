package dev.hearth.connection;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;

/**
 * One connection to one host with a long-lived shell for each user it becomes. Used by one task at
 * a time.
 */
public interface Connection extends AutoCloseable {

  /**
   * The name of a file that a script makes to go on when the connection breaks, with the process id
   * of its shell ({@code $$}) as the first word, and holds open as descriptor 8. Others are ended.
   * What ends a script on purpose ends this one as well.
   */
  String GOES_ON = "shell";

  /**
   * Runs one script.
   *
   * @throws Unreachable when the host cannot be reached or will not let us in
   * @throws BecomeRefused when the other user cannot be become
   * @throws RunStopped when the thread is interrupted; what the script started is killed first
   */
  Outcome run(Script script, Become become);

  /**
   * Runs scripts in order, all sent at once: one round trip. All of them run, whatever the others'
   * exit status.
   */
  default List<Outcome> runAll(List<Script> scripts, Become become) {
    return ask(scripts, List.of(), become).now();
  }

  /**
   * The same, and sends further scripts right behind these, whose answers nobody waits for yet. The
   * connection may be used meanwhile; what is run then runs after them.
   *
   * @param now what is waited for; may be empty
   * @param later scripts that only read: some of them may not be run at all
   */
  Answers ask(List<Script> now, List<Script> later, Become become);

  /**
   * What came of scripts, and of those sent behind them.
   *
   * @param now one outcome for each script that was waited for
   * @param later the others' answers, which may be on their way
   */
  record Answers(List<Outcome> now, Coming later) {

    /** Keeps its own copy. */
    public Answers {
      now = List.copyOf(now);
    }
  }

  /** Answers on their way. */
  @FunctionalInterface
  interface Coming {

    /**
     * The answer to one of the scripts, waiting for it. Empty when there is none, because the
     * connection broke, an earlier script had to be killed, this one took longer than it may, or
     * the thread was interrupted: then the script is to be run again.
     *
     * @param index the script's place among them
     */
    Optional<Outcome.Exited> answer(int index);
  }

  /**
   * How often answers of the host were waited for so far: once for all scripts that were sent
   * together. Opening the connection and starting shells is not counted.
   */
  int roundTrips();

  /**
   * Whether the way to the host still stands, as far as is known. One that does not is of no more
   * use.
   */
  default boolean open() {
    return true;
  }

  /**
   * Another connection over the same way with shells of its own, for what goes on beside the tasks.
   * Closing it leaves this one open.
   *
   * @throws UnsupportedOperationException when there can be no other
   */
  default Connection aside() {
    throw new UnsupportedOperationException("a connection that cannot be shared");
  }

  @Override
  void close();
}
