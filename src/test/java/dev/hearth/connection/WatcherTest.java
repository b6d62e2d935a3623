package dev.hearth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.local.LocalProcess;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs on a host ends when the way to it breaks, whatever shell the worker has. */
final class WatcherTest {

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aScriptEndsWhenTheProcessThatBroughtTheConnectionIsKilled(String shell) throws Exception {
    String program = shell.replaceFirst(" .*", "");
    assumeTrue(
        Stream.of("/bin", "/usr/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, program))),
        "no " + shell);
    String mark = "hearth-watch-" + Long.toHexString(System.nanoTime());
    try (Connection connection = under(shell)) {
      Script left = Script.of("sh -c 'while :; do sleep 0.1; done' \"$1\" >/dev/null 2>&1 &", mark);
      assertThat(connection.run(left, Become.NOBODY_ELSE)).isInstanceOf(Outcome.Exited.class);

      Outcome end =
          connection.run(
              Script.of(
                  "(sh -c 'while :; do sleep 0.1; done' \"$1-orphan\" >/dev/null 2>&1 &);"
                      + " kill -KILL $PPID; sh -c 'while :; do sleep 0.1; done' \"$1-child\"",
                  mark),
              Become.NOBODY_ELSE);

      assertThat(end).isInstanceOf(Outcome.ChannelLost.class);
      for (int i = 0; i < 600 && running(mark) != 1; i++) {
        pause();
      }
      // Only what the script before left running on purpose.
      assertThat(running(mark)).isEqualTo(1);
    } finally {
      ProcessHandle.allProcesses()
          .filter(process -> command(process).contains(mark))
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** A worker whose parent is a shell that stands for sshd. */
  private static Connection under(String shell) {
    return new ShellConnection(
        shell,
        (command, receiver) ->
            LocalProcess.start(
                shell,
                "setsid /bin/sh -c "
                    + Renderer.quote(command.replace("exec /bin/sh -c", "exec " + shell + " -c"))
                    + "; exit 1",
                receiver),
        () -> true,
        () -> {});
  }

  private static long running(String mark) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> command(process).contains(mark)).count();
    }
  }

  private static String command(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  private static void pause() throws InterruptedException {
    Thread.sleep(100);
  }
}
