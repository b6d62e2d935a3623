package dev.hearth.cli;

import dev.hearth.connection.Connection;
import dev.hearth.connection.Target;
import dev.hearth.inventory.Host;
import dev.hearth.local.LocalConnector;
import dev.hearth.receipt.Way;
import dev.hearth.run.Targets;
import dev.hearth.ssh.SshConnector;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ways to hosts outside of any play, each opened once. */
final class HostWays implements AutoCloseable {

  private final Workbench bench;
  private final SshConnector ssh;
  private final Map<String, Connection> connections = new LinkedHashMap<>();

  HostWays(Workbench bench) {
    this.bench = bench;
    this.ssh = bench.ssh();
  }

  /**
   * The way to a host as a user.
   *
   * @param user empty for the one that logs in
   * @throws dev.hearth.connection.Unreachable when there is none
   */
  synchronized Way to(Host host, String user) {
    Target target = bench.target(host.name());
    boolean local = target.kind() == Target.Kind.LOCAL;
    Connection connection =
        connections.computeIfAbsent(
            host.name(),
            name -> local ? new LocalConnector().connect(target) : ssh.connect(target));
    return new Way(
        host.name(),
        local && user.isEmpty(),
        connection,
        Targets.become(user, bench.options().connection(), bench.templar(), bench.variables(host)));
  }

  @Override
  public void close() {
    connections.values().forEach(Connection::close);
    ssh.close();
  }
}
