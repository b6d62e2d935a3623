package dev.hearth.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.connection.ConnectionSuite;
import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.shell.Outcome;
import dev.hearth.testhosts.TestHost;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real OpenSSH, with a real sudo. */
final class SshHostIT extends ConnectionSuite implements SshHostSuite {

  @TempDir static Path home;
  private static TestHost host;
  private static SshConnector connector;

  @BeforeAll
  static void start() {
    host = TestHost.start(13);
    connector = connector(Map.of());
  }

  @AfterAll
  static void stop() {
    connector.close();
    host.close();
  }

  @Override
  protected Connection connect() {
    return as("admin");
  }

  @Override
  public TestHost host() {
    return host;
  }

  @Override
  public SshConnector connector() {
    return connector;
  }

  private static SshConnector connector(Map<String, String> variables) {
    return new SshConnector(
        new SshEnvironment(
            home, "me", variables, home.resolve(".ssh/config"), home.resolve("ssh_config")),
        Passphrases.NONE,
        warning -> {});
  }

  @Test
  void aPasswordThatNobodyAsksForIsNotTyped() {
    try (Connection connection = as("admin")) {
      Outcome.Exited end =
          run(connection, sudo("root", Optional.of("never-asked-for")), "id -un; cat");
      assertThat(end.out()).isEqualTo("root\n");
      assertThat(end.err()).isEmpty();
    }
  }

  @Test
  void aMissingPassword() {
    Diagnostic refusal = refusal("deploy", sudo("root", Optional.empty()));

    assertThat(refusal.exit()).isEqualTo(ExitCode.BECOME);
    assertThat(refusal.summary())
        .isEqualTo("alpha: cannot become root: sudo wants a password and none was given");
    assertThat(refusal.next()).contains("--ask-become-pass");
  }

  @Test
  void aWrongPassword() {
    Diagnostic refusal = refusal("deploy", sudo("root", Optional.of("wrong-guess")));

    assertThat(refusal.exit()).isEqualTo(ExitCode.BECOME);
    assertThat(refusal.summary()).contains("refused the password");
    assertThat(refusal.render()).doesNotContain("wrong-guess");
  }

  @Test
  void aUserWhoMayNot() {
    host.sh(
        "id plain 2>/dev/null || { useradd -m plain; cp -r /home/admin/.ssh /home/plain/.ssh; chown"
            + " -R plain: /home/plain/.ssh; echo plain:pw | chpasswd; }");
    Diagnostic refusal = refusal("plain", sudo("root", Optional.of("pw")));

    assertThat(refusal.render()).contains("does not allow it");
  }

  @Test
  void aHostThatWantsATerminal() {
    host.sh("echo 'Defaults:admin requiretty' >/etc/sudoers.d/tty");
    try {
      assertThat(refusal("admin", sudo("root", Optional.empty())).summary())
          .contains("wants a terminal");
    } finally {
      host.sh("rm /etc/sudoers.d/tty");
    }
  }

  @Test
  void aUserThatDoesNotExistAndAProgramThatIsNotThere() {
    assertThat(refusal("admin", sudo("nobody-of-this-name", Optional.empty())).summary())
        .contains("does not know the user");
    Become doas =
        new Become.Other(
            "root", "doas", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(refusal("admin", doas).summary()).contains("doas is not installed");
    Become unknown =
        new Become.Other(
            "root", "sodu", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(refusal("admin", unknown).next()).contains("sudo");
  }

  @Test
  void suWithAndWithoutAPassword() {
    Become su =
        new Become.Other(
            "deploy",
            "su",
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Value.Secret(host.sudoPassword())),
            Optional.empty());
    try (Connection connection = as("admin")) {
      assertThat(run(connection, su, "id -un").out()).isEqualTo("deploy\n");
    }
    Become withoutPassword =
        new Become.Other(
            "deploy", "su", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    try (Connection connection = as("root")) {
      assertThat(run(connection, withoutPassword, "id -un").out()).isEqualTo("deploy\n");
    }
    assertThat(refusal("admin", withoutPassword).summary()).contains("password and none was given");
  }

  @Test
  void aLectureIsNotTakenForOutput() {
    host.sh("printf 'Defaults:deploy lecture=always\\n' >/etc/sudoers.d/lecture");
    try (Connection connection = as("deploy")) {
      Outcome.Exited end =
          run(connection, sudo("root", Optional.of(host.sudoPassword())), "echo out; echo err >&2");
      assertThat(end.out()).isEqualTo("out\n");
      assertThat(end.err()).isEqualTo("err\n");
    } finally {
      host.sh("rm /etc/sudoers.d/lecture");
    }
  }

  @Test
  void aNoisyLoginShellIsNotTakenForOutput() {
    host.sh(
        "printf 'echo welcome\\n"
            + "echo beware >&2\\n"
            + "' >/root/.bashrc.noise; cp /root/.bashrc /root/.bashrc.kept; cat /root/.bashrc.noise"
            + " /root/.bashrc.kept >/root/.bashrc");
    try (Connection connection = as("root")) {
      Outcome.Exited end = run(connection, Become.NOBODY_ELSE, "echo out");
      assertThat(end.out()).isEqualTo("out\n");
      assertThat(end.err()).isEmpty();
    } finally {
      host.sh("mv /root/.bashrc.kept /root/.bashrc");
    }
  }

  @Test
  void passwordLoginAndAWrongKey() {
    host.sh(
        "printf 'PasswordAuthentication yes\\n"
            + "' >/etc/ssh/sshd_config.d/00-test.conf; systemctl reload ssh");
    Target right = target("deploy", Optional.of(new Value.Secret(host.sudoPassword())), List.of());
    try (Connection connection = connector.connect(right)) {
      assertThat(run(connection, Become.NOBODY_ELSE, "id -un").out()).isEqualTo("deploy\n");
    }
    Target wrong = target("deploy", Optional.of(new Value.Secret("wrong-guess")), List.of());
    Diagnostic refusal =
        catchThrowableOfType(Unreachable.class, () -> connector.connect(wrong)).diagnostic();
    assertThat(refusal.exit()).isEqualTo(ExitCode.AUTHENTICATION);
  }

  @Test
  void throughAJumpHost() {
    String jump = "admin@" + host.address() + ":" + host.port();
    String known = host.knownHosts() + "127.0.0.1 " + host.hostKey() + "\n";
    Target inner =
        new Target(
            "beta",
            Target.Kind.SSH,
            "127.0.0.1",
            Optional.empty(),
            Optional.of("root"),
            Optional.empty(),
            List.of(host.clientKey()),
            List.of(write("both", known)),
            List.of("-o", "ProxyJump=" + jump),
            Duration.ofSeconds(20));
    for (int i = 0; i < 2; i++) {
      try (Connection connection = connector.connect(inner)) {
        assertThat(run(connection, Become.NOBODY_ELSE, "id -un; echo ${SSH_CONNECTION%% *}").out())
            .isEqualTo("root\n127.0.0.1\n");
      }
    }
  }

  private static Path write(String name, String text) {
    try {
      return java.nio.file.Files.writeString(home.resolve(name), text);
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  @Test
  void throughAProxyCommand() {
    Target target =
        target(
            "root",
            Optional.empty(),
            List.of(host.clientKey()),
            "-o",
            "ProxyCommand=bash -c 'exec 3<>/dev/tcp/%h/%p; cat <&3 & cat >&3'");
    try (Connection connection = connector.connect(target)) {
      assertThat(run(connection, Become.NOBODY_ELSE, "id -un").out()).isEqualTo("root\n");
    }
    Target broken =
        target(
            "root",
            Optional.empty(),
            List.of(host.clientKey()),
            "-o",
            "ProxyCommand=echo cannot-proxy >&2; exit 1");
    Diagnostic refusal =
        catchThrowableOfType(Unreachable.class, () -> connector.connect(broken)).diagnostic();
    assertThat(refusal.why()).contains("cannot-proxy");
  }

  @Test
  void fiftyConnectionsAtOnce() throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all =
          IntStream.range(0, 50)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            try (Connection connection = as("admin")) {
                              return run(
                                      connection,
                                      sudo("root", Optional.empty()),
                                      "echo $(id -un) " + i)
                                  .out();
                            }
                          }))
              .toList();
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).get()).isEqualTo("root " + i + "\n");
      }
    }
  }
}
