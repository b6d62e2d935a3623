package dev.hearth.connection;

/** Opens connections; the SSH and the local adapter are connectors. */
@FunctionalInterface
public interface Connector {

  /**
   * Connects and logs in.
   *
   * @throws Unreachable when that is not possible
   */
  Connection connect(Target target);
}
