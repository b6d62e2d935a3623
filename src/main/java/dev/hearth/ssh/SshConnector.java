package dev.hearth.ssh;

import dev.hearth.connection.Connection;
import dev.hearth.connection.Connector;
import dev.hearth.connection.ShellConnection;
import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.jspecify.annotations.Nullable;

/**
 * Connects to hosts over SSH. One for a whole run: it shares MINA's client, keys that are decrypted
 * once, and the connections to jump hosts. {@link #connect} may be called from many threads.
 */
public final class SshConnector implements Connector, AutoCloseable {

  private static final List<List<String>> KEY_TYPES =
      List.of(
          List.of("ssh-ed25519"),
          List.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
          List.of("rsa-sha2-512", "rsa-sha2-256"));

  private final SshConfig config;
  private final Identities identities;
  private final Login login;
  private final Routes routes;
  private @Nullable SshClient client;

  /** For this process's user, without passphrases; warnings are not told. */
  public SshConnector() {
    this(SshEnvironment.ofThisProcess(), Passphrases.NONE, warning -> {});
  }

  /**
   * With everything chosen.
   *
   * @param environment whose ssh_config, keys and agent are used
   * @param passphrases asked for encrypted private keys
   * @param warnings is told what ssh_config asks for that is not done
   */
  public SshConnector(
      SshEnvironment environment, Passphrases passphrases, Consumer<Diagnostic> warnings) {
    this.config = new SshConfig(environment, warnings);
    this.identities = new Identities(passphrases);
    this.login = new Login(this::client, identities);
    this.routes = new Routes(config, login);
  }

  /** Begins to load, in the background, what every connection needs; returns at once. */
  public static void preload() {
    // Not a method of Clients: calling one would initialise the class here, which is the work.
    Thread.ofPlatform().daemon().name("ssh preload").start(Clients::load);
  }

  @Override
  public Connection connect(Target target) {
    SshSettings settings = config.of(target);
    Login.In in = login.to(target, settings, routes);
    return new ShellConnection(
        target.name(),
        (command, receiver) -> {
          try {
            return SshChannel.open(
                in.session(), command, receiver, settings.connectTimeout(), in.farewell()::reason);
          } catch (IOException | IllegalStateException failure) {
            throw Refusals.noChannel(target.name(), failure, in.farewell(), in.session().isOpen());
          }
        },
        in.session()::isOpen,
        () -> in.session().close(false));
  }

  /**
   * The public keys that a host shows, for people to compare and pin; nobody is logged in and
   * nothing is trusted.
   *
   * @throws dev.hearth.connection.Unreachable when the host does not answer
   */
  public List<HostKey> hostKeys(Target target) {
    SshSettings settings = config.of(target);
    List<HostKey> keys = new ArrayList<>();
    for (List<String> types : KEY_TYPES) {
      login.see(target, settings, routes, types).ifPresent(keys::add);
    }
    return keys;
  }

  /**
   * What speaks against pinning a key of a host: the places of other pinned keys, or of its
   * revocation. Empty when nothing does.
   *
   * @return nothing at all when this very key is pinned already
   */
  public Optional<List<String>> objections(Target target, HostKey key) {
    SshSettings settings = config.of(target);
    return switch (KnownHosts.read(settings.knownHosts()).about(settings.knownName(), key)) {
      case KnownHosts.Knowledge.Known known -> Optional.empty();
      case KnownHosts.Knowledge.Unknown unknown -> Optional.of(List.of());
      case KnownHosts.Knowledge.Changed changed -> Optional.of(changed.pinned());
      case KnownHosts.Knowledge.Revoked revoked ->
          Optional.of(List.of(revoked.place() + " (@revoked)"));
    };
  }

  /** The name that a host's key is pinned under: {@code name} or {@code [name]:port}. */
  public String knownName(Target target) {
    return config.of(target).knownName();
  }

  /** The file that a host's key is pinned in. */
  public Path knownHostsFile(Target target) {
    return config.of(target).knownHosts().getFirst();
  }

  private synchronized SshClient client() {
    SshClient known = client;
    if (known == null) {
      known = Clients.create(new Agents(identities));
      known.start();
      client = known;
    }
    return known;
  }

  /** Ends all connections. */
  @Override
  public synchronized void close() {
    if (client != null) {
      client.stop();
      client = null;
    }
  }
}
