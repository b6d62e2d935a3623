package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.Optional;

/**
 * Something that can be read from a host. Equal facts ask the same question, so records make good
 * facts.
 *
 * @param <T> the answer
 */
public interface Fact<T> {

  /**
   * A short stable name with the argument, such as {@code path /etc/motd}; golden cases are keyed
   * by it.
   */
  String key();

  /** How it can be asked together with others of its kind; empty when it cannot. */
  default Optional<Joint> joint() {
    return Optional.empty();
  }

  /** Reads and never changes anything. */
  Script probe();

  /**
   * Understands what the probe printed.
   *
   * @throws UnreadableFact when the probe failed in a way that the fact does not expect
   */
  T parse(Outcome.Exited answer);
}
