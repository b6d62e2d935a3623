package dev.hearth.connection;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;

/**
 * One connection to one host with a long-lived shell for each user it becomes. Used by one task at
 * a time.
 */
public interface Connection extends AutoCloseable {

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
  List<Outcome> runAll(List<Script> scripts, Become become);

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

  @Override
  void close();
}
