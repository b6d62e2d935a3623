package dev.hearth.local;

import dev.hearth.connection.Connection;
import dev.hearth.connection.ConnectionSuite;
import dev.hearth.connection.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** This machine through the public door. */
final class LocalConnectorTest extends ConnectionSuite {

  @Override
  protected Connection connect() {
    return new LocalConnector()
        .connect(
            new Target(
                "localhost",
                Target.Kind.LOCAL,
                "localhost",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Duration.ofSeconds(10)));
  }
}
