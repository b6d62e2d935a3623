package dev.hearth.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach one host, decided: from the inventory, the options in it and the ssh_config files.
 *
 * @param host the real name or address
 * @param port the port
 * @param user as whom to log in
 * @param identityFiles private keys to try, in this order; those that do not exist are passed over
 * @param identitiesOnly whether the agent may offer only these keys
 * @param agent the agent's socket
 * @param knownHosts files with host keys
 * @param hostKeyName the name that the host's key is looked up by, when it is not the host's own
 * @param acceptNew whether the key of a host that was never seen is pinned without asking
 * @param jumps hosts to go through, in this order
 * @param proxyCommand a command whose input and output are the connection
 * @param connectTimeout how long connecting may take
 * @param aliveInterval how often the host is asked whether it is still there
 * @param aliveMax how many questions may stay unanswered
 */
record SshSettings(
    String host,
    int port,
    String user,
    List<Path> identityFiles,
    boolean identitiesOnly,
    Optional<Path> agent,
    List<Path> knownHosts,
    Optional<String> hostKeyName,
    boolean acceptNew,
    List<String> jumps,
    Optional<String> proxyCommand,
    Duration connectTimeout,
    Duration aliveInterval,
    int aliveMax) {

  /** The name under which known_hosts has the host. */
  String knownName() {
    return hostKeyName.orElse(KnownHosts.name(host, port));
  }

  /** {@code user@host:port}, for messages. */
  String where() {
    return user + "@" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
