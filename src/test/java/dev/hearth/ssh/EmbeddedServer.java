package dev.hearth.ssh;

import dev.hearth.connection.Target;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/** An SSH server inside the test, for hosts that behave as no well-set-up host does. */
public final class EmbeddedServer implements AutoCloseable {

  static final String PASSWORD = "sesame \"' open";

  private final SshServer server;
  private final List<KeyPair> hostKeys;
  private final Path directory;

  private EmbeddedServer(SshServer server, List<KeyPair> hostKeys, Path directory) {
    this.server = server;
    this.hostKeys = hostKeys;
    this.directory = directory;
  }

  /** A server with an ecdsa and an ed25519 key that lets everybody in who knows the password. */
  static EmbeddedServer start(Path directory) {
    return start(directory, server -> {});
  }

  /** The same, set up further. */
  public static EmbeddedServer start(Path directory, Consumer<SshServer> more) {
    SshServer server = SshServer.setUpDefaultServer();
    List<KeyPair> keys = List.of(key("ecdsa-sha2-nistp256", 256), key("ssh-ed25519", 256));
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(keys));
    server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
    server.setPublickeyAuthenticator((user, key, session) -> user.equals("keyholder"));
    server.setCommandFactory((channel, command) -> new ShellCommand(command));
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    more.accept(server);
    try {
      server.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new EmbeddedServer(server, keys, directory);
  }

  private static KeyPair key(String type, int size) {
    try {
      return KeyUtils.generateKeyPair(type, size);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  static KeyPair anotherKey() {
    return key("ssh-ed25519", 256);
  }

  SshServer server() {
    return server;
  }

  /** Where it listens. */
  public int port() {
    return server.getPort();
  }

  String name() {
    return KnownHosts.name("127.0.0.1", port());
  }

  /** The server's ed25519 key, which is not the one that it would rather show. */
  HostKey ed25519() {
    return HostKey.of(hostKeys.get(1).getPublic());
  }

  Path knownHosts(String... lines) {
    try {
      return Files.write(directory.resolve("known_hosts"), List.of(lines));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A known_hosts file with the ed25519 key alone. */
  public Path pinned() {
    return knownHosts(name() + " " + ed25519().type() + " " + ed25519().base64());
  }

  Target target(Path knownHosts, String... options) {
    return target("keeper", Optional.of(new Value.Secret(PASSWORD)), knownHosts, options);
  }

  Target target(String user, Optional<Value.Secret> password, Path knownHosts, String... options) {
    return new Target(
        "alpha",
        Target.Kind.SSH,
        "127.0.0.1",
        Optional.of(port()),
        Optional.of(user),
        password,
        List.of(),
        List.of(knownHosts),
        List.of(options),
        Duration.ofSeconds(10));
  }

  /** The same by another port, which leads to it. */
  Target target(int port, Path knownHosts, String... options) {
    Target direct = target(knownHosts, options);
    return new Target(
        direct.name(),
        direct.kind(),
        direct.address(),
        Optional.of(port),
        direct.user(),
        direct.password(),
        direct.identityFiles(),
        direct.knownHosts(),
        direct.sshOptions(),
        direct.connectTimeout());
  }

  /** An environment with an empty home and no agent. */
  SshEnvironment environment() {
    return new SshEnvironment(
        directory,
        "me",
        Map.of(),
        directory.resolve(".ssh/config"),
        directory.resolve("ssh_config"));
  }

  SshConnector connector() {
    return new SshConnector(environment(), Passphrases.NONE, warning -> {});
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
