package dev.hearth.ssh;

import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.ExitCode;
import dev.hearth.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientSession.ClientSessionEvent;
import org.jspecify.annotations.Nullable;

/** Connects to a host whose settings are decided, checks who it is and logs in. */
final class Login {

  /** How long to wait before knocking again at a door that was shut at once. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(300), Duration.ofMillis(1000), Duration.ofMillis(2000));

  /** How a connection that had come about, and is gone before MINA has a session, is told. */
  private static final Pattern SHUT =
      Pattern.compile("Connection reset|Broken pipe|No session attached");

  private final Supplier<SshClient> client;
  private final Identities identities;
  private final Gate gate = new Gate();

  /**
   * Logs in through a client.
   *
   * @param client started when it is first asked for
   */
  Login(Supplier<SshClient> client, Identities identities) {
    this.client = client;
    this.identities = identities;
  }

  /**
   * A session that is logged in.
   *
   * @param session MINA's session
   * @param farewell will know why it ended
   */
  record In(ClientSession session, Farewell farewell) {}

  /**
   * Connects and logs in.
   *
   * @throws Unreachable when that is not possible, with the reason and the next step
   */
  In to(Target target, SshSettings settings, Routes routes) {
    KnownHosts known = KnownHosts.read(settings.knownHosts());
    String door =
        settings.jumps().isEmpty()
            ? settings.host() + ":" + settings.port()
            : "via " + settings.jumps();
    return gate.through(door, () -> persistently(target, settings, known, routes));
  }

  /**
   * An sshd that restarts or has too many at its door closes connections before it says a word.
   * Nothing has happened by then, so it is safe to knock again.
   */
  private In persistently(Target target, SshSettings settings, KnownHosts known, Routes routes) {
    for (Duration pause : PAUSES) {
      Attempt attempt = Attempt.toLogIn(settings, known);
      try {
        return connect(target, attempt, routes);
      } catch (Unreachable failure) {
        if (!attempt.dropped() || !rest(pause)) {
          throw failure;
        }
      }
    }
    return connect(target, Attempt.toLogIn(settings, known), routes);
  }

  /** Waits; false when there is no time to wait. */
  private static boolean rest(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The host's key of one of these types, without logging in; empty when it has none.
   *
   * @throws Unreachable when the host cannot be asked
   */
  Optional<HostKey> see(Target target, SshSettings settings, Routes routes, List<String> types) {
    Attempt attempt = Attempt.toSee(settings, types);
    try {
      connect(target, attempt, routes).session().close(true);
    } catch (Unreachable expected) {
      if (attempt.shown().isEmpty() && !attempt.farewell().nothingInCommon()) {
        throw expected;
      }
    }
    return attempt.shown();
  }

  private In connect(Target target, Attempt attempt, Routes routes) {
    SshSettings settings = attempt.settings();
    if (!settings.jumps().isEmpty() || settings.proxyCommand().isPresent()) {
      try (Bridge bridge = bridge(target, settings, routes)) {
        return connectTo(bridge.address(), target, attempt, bridge);
      } catch (IOException failure) {
        throw Refusals.notConnected(target.name(), attempt, failure);
      }
    }
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(settings.host());
    } catch (UnknownHostException unknown) {
      throw Refusals.noAddress(target.name(), settings);
    }
    return connectToAny(addresses, target, attempt);
  }

  private static Bridge bridge(Target target, SshSettings settings, Routes routes)
      throws IOException {
    Optional<String> command = settings.proxyCommand();
    return command.isPresent()
        ? Routes.throughCommand(command.get())
        : routes.throughJumps(target, settings);
  }

  /** One address after the other, until one answers. */
  private In connectToAny(InetAddress[] addresses, Target target, Attempt attempt) {
    for (int i = 0; ; i++) {
      InetSocketAddress address = new InetSocketAddress(addresses[i], attempt.settings().port());
      try {
        return connectTo(address, target, attempt, null);
      } catch (Unreachable failure) {
        boolean network = failure.diagnostic().exit() == ExitCode.UNREACHABLE;
        if (!network || i + 1 == addresses.length) {
          throw failure;
        }
      }
    }
  }

  private In connectTo(
      InetSocketAddress address, Target target, Attempt attempt, @Nullable Bridge bridge) {
    SshSettings settings = attempt.settings();
    long end = System.nanoTime() + settings.connectTimeout().toNanos();
    ClientSession session;
    try {
      session =
          client
              .get()
              .connect(settings.user(), address, attempt.context(), null)
              .verify(settings.connectTimeout())
              .getSession();
    } catch (IOException failure) {
      if (bridge == null && SHUT.matcher(Refusals.words(failure)).find()) {
        attempt.droppedAtTheDoor();
      }
      throw Refusals.notConnected(target.name(), attempt, complained(failure, bridge));
    }
    try {
      awaitKeys(session, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    } catch (IOException failure) {
      if (bridge == null && Sessions.heard(session) == 0 && !session.isOpen()) {
        attempt.droppedAtTheDoor();
      }
      session.close(true);
      throw Refusals.notConnected(target.name(), attempt, complained(failure, bridge));
    }
    try {
      logIn(session, target, attempt, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    } catch (IOException failure) {
      session.close(true);
      throw Refusals.notLoggedIn(target.name(), attempt, target.password().isPresent(), failure);
    }
    attempt
        .shown()
        .ifPresent(
            key ->
                KnownHostsFile.add(
                    settings.knownHosts().getFirst(), settings.knownName(), key, false));
    return new In(session, attempt.farewell());
  }

  /** Waits until keys are exchanged and the host is known to be the right one. */
  private static void awaitKeys(ClientSession session, Duration limit) throws IOException {
    Set<ClientSessionEvent> events =
        session.waitFor(EnumSet.of(ClientSessionEvent.WAIT_AUTH, ClientSessionEvent.CLOSED), limit);
    if (events.contains(ClientSessionEvent.CLOSED)) {
      Attempt attempt = Objects.requireNonNull(Attempt.of(session));
      throw new IOException(attempt.farewell().reason(), attempt.farewell().cause());
    }
    if (!events.contains(ClientSessionEvent.WAIT_AUTH)) {
      throw new IOException("the key exchange timed out");
    }
  }

  private void logIn(ClientSession session, Target target, Attempt attempt, Duration limit)
      throws IOException {
    identities.of(attempt).forEach(session::addPublicKeyIdentity);
    target
        .password()
        .map(Value.Secret::reveal)
        .ifPresent(
            password -> {
              session.addPasswordIdentity(password);
              attempt.tried("the password");
            });
    session.auth().verify(limit);
  }

  private static IOException complained(IOException failure, @Nullable Bridge bridge) {
    if (bridge == null || bridge.complaint().isEmpty()) {
      return failure;
    }
    return new IOException("the ProxyCommand says: " + bridge.complaint(), failure);
  }
}
