package dev.hearth.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways to log in: keys of every usual kind, encrypted ones, an agent, passwords and their
 * interactive form.
 */
final class LoginTest {

  private static final String PASSPHRASE = "a long passphrase";

  @TempDir Path home;
  private EmbeddedServer server;

  @BeforeEach
  void start() {
    server = EmbeddedServer.start(home);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path key(String name, String... options) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "ssh-keygen is not installed");
    Path file = home.resolve(name);
    List<String> words =
        new java.util.ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    words.addAll(List.of(options));
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    return file;
  }

  private Target target(Path key, String... options) {
    return new Target(
        "alpha",
        Target.Kind.SSH,
        "127.0.0.1",
        Optional.of(server.port()),
        Optional.of("keyholder"),
        Optional.empty(),
        List.of(key),
        List.of(server.pinned()),
        List.of(options),
        Duration.ofSeconds(10));
  }

  private SshConnector connector(Map<String, String> variables, Passphrases passphrases) {
    SshEnvironment plain = server.environment();
    return new SshConnector(
        new SshEnvironment(
            plain.home(), plain.user(), variables, plain.userConfig(), plain.systemConfig()),
        passphrases,
        warning -> {});
  }

  private static void works(SshConnector connector, Target target) {
    try (connector;
        Connection connection = connector.connect(target)) {
      assertThat(connection.run(Script.of("exit 3"), Become.NOBODY_ELSE))
          .isInstanceOfSatisfying(Outcome.Exited.class, end -> assertThat(end.code()).isEqualTo(3));
    }
  }

  private static Diagnostic refusal(SshConnector connector, Target target) {
    try (connector) {
      return catchThrowableOfType(Unreachable.class, () -> connector.connect(target)).diagnostic();
    }
  }

  @Test
  void keysOfEveryUsualKind() throws IOException, InterruptedException {
    works(connector(Map.of(), Passphrases.NONE), target(key("ed", "-t", "ed25519", "-N", "")));
    works(connector(Map.of(), Passphrases.NONE), target(key("ec", "-t", "ecdsa", "-N", "")));
    works(
        connector(Map.of(), Passphrases.NONE),
        target(key("rsa", "-t", "rsa", "-b", "2048", "-N", "")));
    works(
        connector(Map.of(), Passphrases.NONE),
        target(key("pem", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "")));
  }

  @Test
  void anEncryptedKeyIsOpenedOnce() throws IOException, InterruptedException {
    Path file = key("locked", "-t", "ed25519", "-N", PASSPHRASE);
    java.util.concurrent.atomic.AtomicInteger asked =
        new java.util.concurrent.atomic.AtomicInteger();
    Passphrases passphrases =
        (path, attempt) -> {
          asked.incrementAndGet();
          return Optional.of(new Value.Secret(attempt == 0 ? "wrong at first" : PASSPHRASE));
        };
    try (SshConnector connector = connector(Map.of(), passphrases)) {
      connector.connect(target(file)).close();
      connector.connect(target(file)).close();
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void anEncryptedKeyWithoutItsPassphrase() throws IOException, InterruptedException {
    Path file = key("locked", "-t", "ed25519", "-N", PASSPHRASE);

    assertThat(refusal(connector(Map.of(), Passphrases.NONE), target(file)).why())
        .contains(file + " (encrypted, and no passphrase was given)");
    Passphrases wrong = (path, attempt) -> Optional.of(new Value.Secret("wrong-guess"));
    Diagnostic refusal = refusal(connector(Map.of(), wrong), target(file));
    assertThat(refusal.render())
        .contains("encrypted, and the passphrase is wrong")
        .doesNotContain("wrong-guess");
  }

  @Test
  void aFileThatIsNoKey() throws IOException {
    Path file = Files.writeString(home.resolve("not-a-key"), "hello\n");

    assertThat(refusal(connector(Map.of(), Passphrases.NONE), target(file)).why())
        .contains(file + " (no private key");
  }

  @Test
  void anAgentOffersItsKeys() throws IOException, InterruptedException {
    Path file = key("held", "-t", "ed25519", "-N", "");
    Path socket = home.resolve("agent.sock");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    try {
      // The agent says where it listens once it does.
      assertThat(agent.getInputStream().read()).isPositive();
      ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", file.toString());
      add.environment().put("SSH_AUTH_SOCK", socket.toString());
      assertThat(add.start().waitFor()).isZero();
      Path gone = home.resolve("moved-away");
      Files.move(file, gone);

      works(connector(Map.of("SSH_AUTH_SOCK", socket.toString()), Passphrases.NONE), target(file));
      works(
          connector(Map.of("SSH_AUTH_SOCK", socket.toString()), Passphrases.NONE),
          target(file, "-o", "IdentitiesOnly=yes"));
      Path other = home.resolve("other");
      Diagnostic refusal =
          refusal(
              connector(Map.of("SSH_AUTH_SOCK", socket.toString()), Passphrases.NONE),
              target(other, "-o", "IdentitiesOnly=yes"));
      assertThat(refusal.why()).contains("the SSH agent at " + socket);
    } finally {
      agent.destroy();
    }
  }

  @Test
  void anAgentThatDoesNotAnswer() throws IOException, InterruptedException {
    Path file = key("ed", "-t", "ed25519", "-N", "");

    works(
        connector(Map.of("SSH_AUTH_SOCK", home.resolve("nobody").toString()), Passphrases.NONE),
        target(file));
  }

  @Test
  void thePasswordAnswersInteractiveQuestionsToo() {
    server.server().setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
    server
        .server()
        .setKeyboardInteractiveAuthenticator(DefaultKeyboardInteractiveAuthenticator.INSTANCE);

    works(server.connector(), server.target(server.pinned()));
  }
}
