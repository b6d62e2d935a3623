package dev.hearth.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.connection.Become;
import dev.hearth.connection.BecomeRefused;
import dev.hearth.connection.Connection;
import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.testhosts.TestHost;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every host with a real OpenSSH and a real sudo is held against. */
interface SshHostSuite {

  /** The host that the class started. */
  TestHost host();

  /** Connects to it. */
  SshConnector connector();

  default Target target(
      String user, Optional<Value.Secret> password, List<Path> keys, String... options) {
    return new Target(
        "alpha",
        Target.Kind.SSH,
        host().address(),
        Optional.of(host().port()),
        Optional.of(user),
        password,
        keys,
        List.of(host().knownHostsFile()),
        List.of(options),
        Duration.ofSeconds(20));
  }

  default Connection as(String user) {
    return connector().connect(target(user, Optional.empty(), List.of(host().clientKey())));
  }

  default Become sudo(String user, Optional<String> password) {
    return new Become.Other(
        user,
        "sudo",
        Optional.empty(),
        Optional.empty(),
        password.map(Value.Secret::new),
        Optional.empty());
  }

  default Outcome.Exited run(Connection connection, Become become, String script) {
    return (Outcome.Exited) connection.run(Script.of(script), become);
  }

  default Diagnostic refusal(String user, Become become) {
    try (Connection connection = as(user)) {
      BecomeRefused refused =
          catchThrowableOfType(BecomeRefused.class, () -> run(connection, become, "id -un"));
      // The connection itself is none the worse for it.
      assertThat(run(connection, Become.NOBODY_ELSE, "id -un").out()).isEqualTo(user + "\n");
      return refused.diagnostic();
    }
  }

  @Test
  default void sudoWithoutAPassword() {
    try (Connection connection = as("admin")) {
      assertThat(run(connection, sudo("root", Optional.empty()), "id -un; echo $HOME; umask").out())
          .isEqualTo("root\n/root\n0022\n");
      assertThat(run(connection, Become.NOBODY_ELSE, "id -un").out()).isEqualTo("admin\n");
      assertThat(run(connection, sudo("deploy", Optional.empty()), "id -un; echo $HOME").out())
          .isEqualTo("deploy\n/home/deploy\n");
    }
  }

  /** sshd is killed under two scripts of root: one is to go on, the other is not. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  default void whatIsToGoOnDoesWhenSshdIsKilled() {
    String body =
        "mkdir -p /run/hearth-it/$1; f=/run/hearth-it/$1/shell; echo $$ >$f; if [ \"$1\" = on ];"
            + " then exec 8<$f; fi; i=0; while [ $i -lt 80 ]; do sleep 0.1; i=$((i + 1)); done;"
            + " echo done >${f%shell}done";
    String both = "[ -e /run/hearth-it/on/shell ] && [ -e /run/hearth-it/off/shell ]";
    Become root = sudo("root", Optional.empty());
    try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> ends =
          List.of("on", "off").stream()
              .map(
                  word ->
                      two.submit(
                          () -> {
                            try (Connection connection = as("admin")) {
                              return connection.run(Script.of(body, word), root);
                            }
                          }))
              .toList();
      host().sh("until " + both + "; do sleep 0.1; done");
      host()
          .sh(
              "for p in /proc/[0-9]*; do if tr '\\0' ' ' <$p/cmdline | grep -q"
                  + " '^sshd.*admin@notty'; then kill -KILL ${p#/proc/}; fi; done");
      assertThat(ends.stream().map(SshHostSuite::outcome).toList())
          .allMatch(Outcome.ChannelLost.class::isInstance);
      host().sh("until [ -e /run/hearth-it/on/done ]; do sleep 0.1; done; sleep 1");
      assertThat(host().exists("/run/hearth-it/off/done")).isFalse();
      for (String word : List.of("on", "off")) {
        host()
            .sh("while [ -d /proc/$(cat /run/hearth-it/" + word + "/shell) ]; do sleep 0.1; done");
      }
      // sudo stops when what it runs is stopped, and would stay so.
      host().sh("while grep -qx sudo /proc/[0-9]*/comm; do sleep 0.1; done");
    }
  }

  private static Outcome outcome(Future<Outcome> end) {
    try {
      return end.get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  default void sudoWithAPassword() {
    try (Connection connection = as("deploy")) {
      Become root = sudo("root", Optional.of(host().sudoPassword()));
      assertThat(run(connection, root, "id -un").out()).isEqualTo("root\n");
      assertThat(run(connection, root, "cat /proc/[0-9]*/cmdline | tr '\\0' ' '").out())
          .doesNotContain("of-deploy");
    }
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  default void whatRunsAsRootOrAsTheUserEndsWhenTheConnectionIsCut() throws InterruptedException {
    for (Become become :
        List.of(
            Become.NOBODY_ELSE, sudo("root", Optional.empty()), sudo("deploy", Optional.empty()))) {
      String mark = "hearth-cut-" + Long.toHexString(System.nanoTime());
      // The search must not find itself.
      String runs = "grep -qs '[h]" + mark.substring(1) + "' /proc/[0-9]*/cmdline";
      try (Connection connection = as("admin")) {
        String sshd = run(connection, Become.NOBODY_ELSE, "echo $PPID").out().strip();
        Script endless =
            Script.of("sh -c 'trap \"\" TERM; while :; do sleep 0.1; done' \"$1\"", mark);
        Thread cut =
            Thread.ofVirtual()
                .start(
                    () -> {
                      host().sh("until " + runs + "; do sleep 0.1; done");
                      host().sh("kill -KILL " + sshd);
                    });
        assertThat(connection.run(endless, become)).isInstanceOf(Outcome.ChannelLost.class);
        assertThat(connection.open()).isFalse();
        cut.join();
      }
      host().sh("while " + runs + "; do sleep 0.1; done");
    }
  }
}
