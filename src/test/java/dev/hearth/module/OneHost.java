package dev.hearth.module;

import dev.hearth.connection.Connection;
import dev.hearth.connection.Target;
import dev.hearth.ssh.SshConnector;
import dev.hearth.testhosts.PackageServer;
import dev.hearth.testhosts.TestHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole Debian host of a test's own beside a package server, with root's connection to it. */
final class OneHost implements AutoCloseable {

  private final PackageServer packages;
  private final TestHost container;
  private final SshConnector connector;
  private final Connection connection;
  private final RemoteHost host;

  private OneHost(String name) {
    packages = PackageServer.start(13);
    container = TestHost.start(name, packages);
    connector = new SshConnector();
    connection =
        connector.connect(
            new Target(
                name,
                Target.Kind.SSH,
                container.address(),
                Optional.of(container.port()),
                Optional.of("root"),
                Optional.empty(),
                List.of(container.clientKey()),
                List.of(container.knownHostsFile()),
                List.of(),
                Duration.ofSeconds(30)));
    host = new RemoteHost(connection);
  }

  /** Starts it and fetches the lists of packages. */
  static OneHost start(String name) {
    OneHost one = new OneHost(name);
    one.host.changes("apt", Map.of("update_cache", true, "cache_valid_time", 3600));
    return one;
  }

  /** The host as modules see it. */
  RemoteHost host() {
    return host;
  }

  @Override
  public void close() {
    connection.close();
    connector.close();
    container.close();
    packages.close();
  }
}
