package dev.hearth.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.connection.Become;
import dev.hearth.connection.ClosedPort;
import dev.hearth.connection.Connection;
import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.server.ServerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a host cannot be reached has its own message, reason and next step. */
final class FailureTest {

  @TempDir Path home;

  private static Target at(String address, int port) {
    return at(address, port, Duration.ofMinutes(2));
  }

  private static Target at(String address, int port, Duration limit) {
    return new Target(
        "alpha",
        Target.Kind.SSH,
        address,
        Optional.of(port),
        Optional.of("me"),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        limit);
  }

  private Diagnostic refusal(Target target) {
    SshEnvironment nobody =
        new SshEnvironment(
            home, "me", java.util.Map.of(), home.resolve("config"), home.resolve("system"));
    try (SshConnector connector = new SshConnector(nobody, Passphrases.NONE, warning -> {})) {
      return catchThrowableOfType(Unreachable.class, () -> connector.connect(target)).diagnostic();
    }
  }

  @Test
  void aClosedPort() throws IOException {
    try (ClosedPort port = new ClosedPort()) {
      Diagnostic refusal = refusal(at("127.0.0.1", port.number()));

      assertThat(refusal.exit()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(refusal.summary())
          .isEqualTo("alpha: 127.0.0.1 port " + port.number() + " refuses connections");
      assertThat(refusal.next()).contains("sshd");
    }
  }

  @Test
  void aNameWithoutAnAddress() {
    Diagnostic refusal = refusal(at("no-such-host.invalid", 22));

    assertThat(refusal.exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(refusal.summary()).contains("'no-such-host.invalid' has no address");
  }

  @Test
  void aPortThatSaysNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Diagnostic refusal = refusal(at("127.0.0.1", silent.getLocalPort(), Duration.ofSeconds(2)));

      assertThat(refusal.exit()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(refusal.summary()).contains("did not answer within 2 s");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDoorThatIsShutBeforeAWordIsKnockedAtAgain(boolean reset) throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(home);
        DeafProxy proxy = DeafProxy.shutTwice(server.port(), reset);
        SshConnector connector = server.connector()) {
      Path known =
          server.knownHosts(
              KnownHosts.name("127.0.0.1", proxy.port())
                  + " ssh-ed25519 "
                  + server.ed25519().base64());
      Target target = server.target(proxy.port(), known);
      try (Connection connection = connector.connect(target)) {
        assertThat(connection.run(Script.of(":"), Become.NOBODY_ELSE))
            .isInstanceOf(Outcome.Exited.class);
      }
    }
  }

  @Test
  void somethingThatIsNotSsh() throws IOException {
    try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                while (!web.isClosed()) {
                  answerAsAWebServer(web);
                }
              });
      Diagnostic refusal = refusal(at("127.0.0.1", web.getLocalPort()));

      assertThat(refusal.exit()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(refusal.summary()).contains("no SSH connection to 127.0.0.1");
    }
  }

  private static void answerAsAWebServer(ServerSocket web) {
    try (var client = web.accept()) {
      client
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException ended) {
      // This visitor has gone, or the door was closed.
      return;
    }
  }

  @Test
  @SuppressWarnings("deprecation") // a host that offers nothing better is what the test is about
  void onlyWeakAlgorithms() {
    try (EmbeddedServer server =
            EmbeddedServer.start(
                home,
                weak ->
                    weak.setKeyExchangeFactories(
                        NamedFactory.setUpTransformedFactories(
                            true, List.of(BuiltinDHFactories.dhg14), ServerBuilder.DH2KEX)));
        SshConnector connector = server.connector()) {
      Diagnostic refusal =
          catchThrowableOfType(
                  Unreachable.class, () -> connector.connect(server.target(server.pinned())))
              .diagnostic();

      assertThat(refusal.exit()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(refusal.summary()).contains("no safe algorithm in common");
    }
  }

  @Test
  void aWrongPassword() {
    try (EmbeddedServer server = EmbeddedServer.start(home);
        SshConnector connector = server.connector()) {
      Target target =
          server.target("keeper", Optional.of(new Value.Secret("wrong-guess")), server.pinned());
      Diagnostic refusal =
          catchThrowableOfType(Unreachable.class, () -> connector.connect(target)).diagnostic();

      assertThat(refusal.exit()).isEqualTo(ExitCode.AUTHENTICATION);
      assertThat(refusal.render())
          .contains("keeper@127.0.0.1", "the password")
          .doesNotContain("wrong-guess");
    }
  }

  @Test
  void nothingToLogInWith() {
    try (EmbeddedServer server = EmbeddedServer.start(home);
        SshConnector connector = server.connector()) {
      Target target = server.target("keeper", Optional.empty(), server.pinned());
      Diagnostic refusal =
          catchThrowableOfType(Unreachable.class, () -> connector.connect(target)).diagnostic();

      assertThat(refusal.exit()).isEqualTo(ExitCode.AUTHENTICATION);
      assertThat(refusal.why()).contains("no key, no agent and no password");
      assertThat(refusal.next()).contains("--private-key");
    }
  }

  @Test
  void aConnectionThatBreaksWhileACommandRuns() {
    Path started = home.resolve("started");
    try (EmbeddedServer server = EmbeddedServer.start(home);
        SshConnector connector = server.connector();
        Connection connection = connector.connect(server.target(server.pinned()))) {
      connection.run(Script.of(":"), Become.NOBODY_ELSE);
      CompletableFuture<Outcome> end =
          CompletableFuture.supplyAsync(
              () ->
                  connection.run(
                      Script.of(": >\"$1\"; exec sleep 600", started.toString()),
                      Become.NOBODY_ELSE));
      while (!Files.exists(started) && !end.isDone()) {
        Thread.onSpinWait();
      }
      server.server().getActiveSessions().forEach(session -> session.close(true));

      assertThat(end.join()).isInstanceOf(Outcome.ChannelLost.class);
      assertThatThrownBy(() -> connection.run(Script.of(":"), Become.NOBODY_ELSE))
          .isInstanceOfSatisfying(
              Unreachable.class,
              gone -> assertThat(gone.diagnostic().summary()).contains("the connection is lost"));
    }
  }

  @Test
  void aHostThatFallsSilentIsNotWaitedForForEver() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.start(home);
        DeafProxy proxy = DeafProxy.to(server.port());
        SshConnector connector = server.connector()) {
      Path known = server.knownHosts("silent ssh-ed25519 " + server.ed25519().base64());
      Target through =
          server.target(
              proxy.port(),
              known,
              "-o",
              "HostKeyAlias=silent",
              "-o",
              "ServerAliveInterval=1",
              "-o",
              "ServerAliveCountMax=2");
      try (Connection connection = connector.connect(through)) {
        connection.run(Script.of(":"), Become.NOBODY_ELSE);
        proxy.fallSilent();

        assertThat(connection.run(Script.of("echo lost"), Become.NOBODY_ELSE))
            .isEqualTo(
                new Outcome.ChannelLost(
                    "the host does not answer any more: nothing was heard of it for 3 s"));
      }
    }
  }

  @Test
  void aHostThatIsTooBusyToAnswerButSendsIsNotGivenUp() {
    try (EmbeddedServer server =
            EmbeddedServer.start(
                home,
                busy ->
                    busy.setGlobalRequestHandlers(
                        List.of(
                            (session, request, wantReply, buffer) ->
                                RequestHandler.Result.Replied)));
        SshConnector connector = server.connector()) {
      String[] impatient = {"-o", "ServerAliveInterval=1", "-o", "ServerAliveCountMax=1"};
      Script chatty = Script.of("for i in 1 2 3 4 5 6 7 8 9; do sleep 0.5; echo; done; echo end");
      try (Connection connection = connector.connect(server.target(server.pinned(), impatient))) {
        Outcome end = connection.run(chatty, Become.NOBODY_ELSE);
        assertThat(end).isInstanceOfSatisfying(Outcome.Exited.class, this::endsWell);
        // The same silence without a byte in between is too long.
        assertThat(connection.run(Script.of("sleep 60"), Become.NOBODY_ELSE))
            .isInstanceOf(Outcome.ChannelLost.class);
      }
    }
  }

  private void endsWell(Outcome.Exited end) {
    assertThat(end.out()).endsWith("end\n");
  }
}
