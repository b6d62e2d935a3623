package dev.hearth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.file.EndedProcess;
import dev.hearth.file.ProcessMark;
import dev.hearth.local.LocalProcess;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs on a host ends when the way to it breaks, whatever shell the worker has. */
final class WatcherTest {

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aScriptEndsWhenTheProcessThatBroughtTheConnectionIsKilled(String shell) throws Exception {
    assumeThere(shell);
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

  /** In containers nobody may ask how the process ended that brought the connection. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aProcessThatHasEndedIsGoneEvenIfItsParentDoesNotAskHow(String shell) throws Exception {
    assumeThere(shell);
    try (EndedProcess ended = new EndedProcess()) {
      Process worker = new ProcessBuilder("setsid", "sleep", "600").start();
      String text =
          ProcessTree.FUNCTION
              + "set -- %d %d; ".formatted(worker.pid(), ended.pid())
              + ProcessTree.WATCH;
      List<String> command = new ArrayList<>(List.of(shell.split(" ")));
      command.addAll(List.of("-c", text));

      assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
      assertThat(worker.waitFor()).isEqualTo(128 + 9);
    }
  }

  /** On a busy host the watcher may begin when the connection is gone already. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aConnectionThatIsGoneBeforeItIsWatchedIsGone(String shell, @TempDir Path directory)
      throws Exception {
    assumeThere(shell);
    Path begun = directory.resolve("begun");
    String text =
        ProcessTree.FUNCTION
            + "echo $$ >'%s'; while [ -d /proc/$PPID ]; do sleep 0.1; done; ".formatted(begun)
            + "( ( set -- $$ $PPID; "
            + ProcessTree.WATCH
            + " ) & ); sleep 600";
    String parent =
        "setsid %s -c %s & while [ ! -s '%s' ]; do sleep 0.1; done"
            .formatted(shell, Renderer.quote(text), begun);
    assertThat(
            new ProcessBuilder("sh", "-c", parent)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor())
        .isZero();

    awaitTheEnd(Long.parseLong(Files.readString(begun).strip()));
  }

  /** What is to go on does, to its end, and the worker ends behind it. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aScriptThatIsToGoOnDoes(String shell, @TempDir Path directory) throws Exception {
    assumeThere(shell);
    Path file = Files.createDirectory(directory.resolve("7")).resolve(Connection.GOES_ON);
    String body =
        "echo $$ >\"$1\"; exec 8<\"$1\"; kill -KILL $PPID; i=0;"
            + " while [ $i -lt 60 ]; do sleep 0.1; i=$((i + 1)); done; echo done >\"$2\"";
    Path done = directory.resolve("done");
    try (Connection connection = under(shell)) {
      Outcome end =
          connection.run(Script.of(body, file.toString(), done.toString()), Become.NOBODY_ELSE);
      assertThat(end).isInstanceOf(Outcome.ChannelLost.class);

      awaitTheEnd(Long.parseLong(Files.readString(file).strip()));
      assertThat(done).as("it ran to its end").hasContent("done");
    }
  }

  /** The end of the connection is not the end of the input. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aScriptWhoseInputWasCutOffNeverSeesItsEnd(String shell, @TempDir Path directory)
      throws Exception {
    assumeThere(shell);
    Path file = directory.resolve("file");
    Script script =
        Script.of("cat >\"$1.new\" && mv \"$1.new\" \"$1\"", file.toString())
            .reading(new Payload.Binary(new byte[1_000_000]));
    try (Connection connection = cutAfter(shell, 500_000)) {
      assertThat(connection.run(script, Become.NOBODY_ELSE))
          .isInstanceOf(Outcome.ChannelLost.class);
      for (int i = 0; i < 600 && running(file.toString()) > 0; i++) {
        pause();
      }
      assertThat(running(file.toString())).isZero();
      assertThat(file).doesNotExist();
    }
  }

  /** Nobody can answer it any more; nothing of it may go on, whatever it was told last. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aScriptThatIsAnsweredEndsWithTheConnection(String shell) throws Exception {
    assumeThere(shell);
    String mark = "hearth-asked-" + Long.toHexString(System.nanoTime());
    Payload.Question question =
        new Payload.Question(Pattern.compile("cut\\?"), List.of(Value.text("yes\n")), true);
    Script script =
        Script.of(
                "printf 'cut? '; read answer; kill -KILL $PPID; printf 'cut? ';"
                    + " sh -c 'trap \"\" TERM; while :; do sleep 0.1; done' \"$1\"",
                mark)
            .reading(new Payload.Dialogue(List.of(question), Optional.empty()));
    try (Connection connection = under(shell)) {
      assertThat(connection.run(script, Become.NOBODY_ELSE))
          .isInstanceOf(Outcome.ChannelLost.class);
      for (int i = 0; i < 600 && running(mark) > 0; i++) {
        pause();
      }
      assertThat(running(mark)).isZero();
    }
  }

  private static void assumeThere(String shell) {
    String program = shell.replaceFirst(" .*", "");
    assumeTrue(
        Stream.of("/bin", "/usr/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, program))),
        "no " + shell);
  }

  /** A worker that gets so many bytes and then the end of its input. */
  private static Connection cutAfter(String shell, int bytes) {
    return new ShellConnection(
        shell,
        (command, receiver) -> {
          ShellChannel channel = LocalProcess.start(shell, named(shell, command), receiver);
          return new ShellChannel() {
            @Override
            public OutputStream stdin() {
              return new Cut(channel.stdin(), bytes);
            }

            @Override
            public void close() {
              channel.close();
            }
          };
        },
        () -> true,
        () -> {});
  }

  private static String named(String shell, String command) {
    return command.replace("exec /bin/sh -c", "exec " + shell + " -c");
  }

  private static final class Cut extends FilterOutputStream {
    private int left;

    Cut(OutputStream out, int left) {
      super(out);
      this.left = left;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int some = Math.min(left, length);
      out.write(bytes, offset, some);
      left -= some;
      if (left == 0) {
        out.close();
      }
    }

    @Override
    public void flush() throws IOException {
      if (left > 0) {
        out.flush();
      }
    }
  }

  /** A worker whose parent is a shell that stands for sshd. */
  private static Connection under(String shell) {
    return new ShellConnection(
        shell,
        (command, receiver) ->
            LocalProcess.start(
                shell,
                "setsid /bin/sh -c " + Renderer.quote(named(shell, command)) + "; exit 1",
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

  private static void awaitTheEnd(long worker) throws InterruptedException {
    ProcessMark mark = new ProcessMark(worker, 0);
    for (int i = 0; i < 600 && mark.isAlive(); i++) {
      pause();
    }
    assertThat(mark.isAlive()).isFalse();
  }

  private static void pause() throws InterruptedException {
    Thread.sleep(100);
  }
}
