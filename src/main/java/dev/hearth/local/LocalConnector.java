package dev.hearth.local;

import dev.hearth.connection.Connection;
import dev.hearth.connection.Connector;
import dev.hearth.connection.ShellConnection;
import dev.hearth.connection.Target;

/** Connects to this machine without SSH ({@code ansible_connection: local}). */
public final class LocalConnector implements Connector {

  @Override
  public Connection connect(Target target) {
    return new ShellConnection(
        target.name(),
        (command, receiver) -> LocalProcess.start(target.name(), command, receiver),
        () -> true,
        () -> {});
  }
}
