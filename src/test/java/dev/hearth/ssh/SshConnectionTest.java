package dev.hearth.ssh;

import dev.hearth.connection.Connection;
import dev.hearth.connection.ConnectionSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a connection must do, over SSH. */
final class SshConnectionTest extends ConnectionSuite {

  @TempDir static Path home;
  private static EmbeddedServer server;
  private static SshConnector connector;

  @BeforeAll
  static void start() {
    server = EmbeddedServer.start(home);
    connector = server.connector();
  }

  @AfterAll
  static void stop() {
    connector.close();
    server.close();
  }

  @Override
  protected Connection connect() {
    return connector.connect(server.target(server.pinned()));
  }
}
