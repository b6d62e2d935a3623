package dev.hearth.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.testhosts.TestHost;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connection to a host where busybox is every program: sudo, doas, busybox's su. */
final class AlpineLikeHostIT implements SshHostSuite {

  private static TestHost host;
  private static SshConnector connector;

  @BeforeAll
  static void start() {
    host = TestHost.alpineLike();
    connector = new SshConnector();
  }

  @AfterAll
  static void stop() {
    connector.close();
    host.close();
  }

  @Override
  public TestHost host() {
    return host;
  }

  @Override
  public SshConnector connector() {
    return connector;
  }

  private static Become become(String user, String method) {
    return new Become.Other(
        user, method, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void doasWithoutAPassword() {
    try (Connection connection = as("admin")) {
      assertThat(run(connection, become("root", "doas"), "id -un; umask").out())
          .isEqualTo("root\n0022\n");
    }
    assertThat(refusal("deploy", become("root", "doas")).render()).contains("nopass");
  }

  @Test
  void suOfBusybox() {
    try (Connection connection = as("root")) {
      assertThat(run(connection, become("deploy", "su"), "id -un; echo $HOME").out())
          .isEqualTo("deploy\n/home/deploy\n");
    }
    Become withPassword =
        new Become.Other(
            "deploy",
            "su",
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Value.Secret(host.sudoPassword())),
            Optional.empty());
    try (Connection connection = as("admin")) {
      for (Become become : List.of(withPassword, Become.NOBODY_ELSE)) {
        assertThat(run(connection, become, "id -un").out().strip())
            .isEqualTo(become == withPassword ? "deploy" : "admin");
      }
    }
  }
}
