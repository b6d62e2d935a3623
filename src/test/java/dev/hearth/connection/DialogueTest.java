package dev.hearth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that are answered while they run. */
final class DialogueTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  /** Prints all processes with a word, which is given in two parts. */
  private static final String SURVIVORS =
      "for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' 2>/dev/null <$f | grep -F -e \"$1$2\"; done;"
          + " exit 0";

  private static Connection under(String shell) {
    assumeTrue(
        Files.isExecutable(Path.of("/bin", shell.split(" ")[0])), shell + " is not installed");
    return LocalShell.under(shell);
  }

  private static Payload.Question always(String pattern, String answer) {
    return new Payload.Question(Pattern.compile(pattern), List.of(Value.text(answer)), true);
  }

  private static Payload.Question each(String pattern, String... answers) {
    return new Payload.Question(
        Pattern.compile(pattern),
        Arrays.stream(answers).map(each -> (Value.Textual) Value.text(each)).toList(),
        false);
  }

  private static Script asking(String body, Payload.Question... questions) {
    return Script.of(body).reading(new Payload.Dialogue(List.of(questions), Optional.of(LONG)));
  }

  private static Outcome.Exited run(Connection connection, Script script) {
    Outcome outcome = connection.run(script, Become.NOBODY_ELSE);
    assertThat(outcome).isInstanceOf(Outcome.Exited.class);
    return (Outcome.Exited) outcome;
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void questionsAreAnsweredAsTheyCome(String shell) {
    try (Connection connection = under(shell)) {
      Outcome.Exited end =
          run(
              connection,
              asking(
                  "printf 'one? '; read a; printf 'two? again? '; read b; read c;"
                      + " echo \"$a-$b-$c\"; echo err >&2; exit 7",
                  each("again", "third\n"),
                  each("\\w+\\?", "first\n", "second\n")));

      assertThat(end.out()).isEqualTo("one? two? again? first-second-third\n");
      assertThat(end.err()).isEqualTo("err\n");
      assertThat(end.code()).isEqualTo(7);
      assertThat(run(connection, Script.of("echo on")).out()).isEqualTo("on\n");
    }
  }

  /** Nothing of a question may be held back because it looks like the beginning of a mark. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aQuestionMayEndWithAnything(String shell) {
    try (Connection connection = under(shell)) {
      Outcome.Exited end =
          run(
              connection,
              asking(
                  "for d in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do printf \"<$d\"; read a; done",
                  always("<.", "on\n")));

      assertThat(end.code()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void anAnswerThatNobodyReadIsNeverRun(String shell, @TempDir Path directory) {
    Path made = directory.resolve("made");
    try (Connection connection = under(shell)) {
      Outcome.Exited end =
          run(
              connection,
              asking(
                  "printf 'go? '; read a; echo $a",
                  always("go\\?", "yes\nframe -\ntouch " + made + "\nframe\n")));

      assertThat(end.out()).isEqualTo("go? yes\n");
      assertThat(run(connection, Script.of("echo on")).out()).isEqualTo("on\n");
    }
    assertThat(made).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void whoAsksOnceMoreThanThereAreAnswersIsEnded(String shell) {
    String mark = "hearth-ask-" + Long.toHexString(System.nanoTime());
    try (Connection connection = under(shell)) {
      Outcome.Exited end =
          run(
              connection,
              asking(
                  "printf 'a? '; read a; printf 'b? '; read a; printf 'more a?';"
                      + " sh -c 'while :; do sleep 0.1; done' "
                      + mark,
                  each("b\\?", "one\n"),
                  each("a\\?", "two\n")));

      assertThat(end.code()).isEqualTo(Payload.Dialogue.NO_ANSWER);
      assertThat(end.out()).isEqualTo("a? b? more a?");
      assertThat(end.err()).isEqualTo("1\n more a?");
      assertThat(survivors(connection, mark)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void whoDoesNotAskInTimeIsEnded(String shell) {
    String mark = "hearth-late-" + Long.toHexString(System.nanoTime());
    String body = "printf 'working'; sh -c 'while :; do sleep 0.1; done' " + mark;
    Payload.Dialogue impatient =
        new Payload.Dialogue(
            List.of(always("done\\?", "yes\n")), Optional.of(Duration.ofSeconds(2)));
    try (Connection connection = under(shell)) {
      Outcome.Exited end = run(connection, Script.of(body).reading(impatient));

      assertThat(end.code()).isEqualTo(Payload.Dialogue.LATE);
      assertThat(end.out()).isEqualTo("working");
      assertThat(survivors(connection, mark)).isEmpty();

      Duration limit = Duration.ofSeconds(1);
      assertThat(connection.run(asking(body).within(limit), Become.NOBODY_ELSE))
          .isEqualTo(new Outcome.TimedOut(limit));
      assertThat(survivors(connection, mark)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void anInterruptedOneIsEnded(String shell, @TempDir Path directory) throws Exception {
    String mark = "hearth-stop-" + Long.toHexString(System.nanoTime());
    Path begun = directory.resolve("begun");
    try (Connection connection = under(shell)) {
      Script endless = asking(": >" + begun + "; sh -c 'while :; do sleep 0.1; done' " + mark);
      FutureTask<Outcome> task =
          new FutureTask<>(() -> connection.run(endless, Become.NOBODY_ELSE));
      Thread runner = Thread.ofPlatform().start(task);
      for (long end = System.nanoTime() + LONG.toNanos();
          !Files.exists(begun) && System.nanoTime() < end; ) {
        Thread.onSpinWait();
      }
      assertThat(begun).exists();
      runner.interrupt();

      assertThatThrownBy(() -> task.get(LONG.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(RunStopped.class);
      assertThat(survivors(connection, mark)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aShellThatDiesMeanwhileIsALostChannel(String shell) {
    try (Connection connection = under(shell)) {
      Outcome end =
          connection.run(
              asking("printf 'die? '; read a; kill -KILL $$; sleep 30", always("die", "yes\n")),
              Become.NOBODY_ELSE);

      assertThat(end).isInstanceOf(Outcome.ChannelLost.class);
    }
  }

  /** Its answer does not fit into a pipe, and nobody reads it. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void whoAsksAndNeverReadsIsEnded(String shell) {
    String mark = "hearth-deaf-" + Long.toHexString(System.nanoTime());
    String body = "printf 'go? '; sh -c 'while :; do sleep 0.1; done' " + mark;
    String answer = "long ".repeat(200_000) + "\n";
    try (Connection connection = under(shell)) {
      Duration limit = Duration.ofSeconds(2);
      assertThat(
              connection.run(
                  asking(body, always("go\\?", answer)).within(limit), Become.NOBODY_ELSE))
          .isEqualTo(new Outcome.TimedOut(limit));
      assertThat(survivors(connection, mark)).isEmpty();

      Payload.Dialogue impatient =
          new Payload.Dialogue(List.of(always("go\\?", answer)), Optional.of(limit));
      Outcome.Exited end = run(connection, Script.of(body).reading(impatient));
      assertThat(end.code()).isEqualTo(Payload.Dialogue.LATE);
      assertThat(survivors(connection, mark)).isEmpty();

      // It ends by itself and leaves the answer to nobody.
      assertThat(run(connection, asking("printf 'go? '; exit 3", always("go", answer))).code())
          .isEqualTo(3);
      assertThat(run(connection, Script.of("echo on")).out()).isEqualTo("on\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void anAnswerMayBeLongOrEmpty(String shell) {
    String answer = "long ".repeat(200_000) + "\n";
    try (Connection connection = under(shell)) {
      Outcome.Exited end =
          run(
              connection,
              asking(
                  "printf 'empty? '; printf 'all? '; head -n 1 | wc -c; exit 4",
                  always("empty", ""),
                  always("all", answer)));

      assertThat(end.code()).isEqualTo(4);
      assertThat(end.out().strip()).endsWith("? " + answer.length());
    }
  }

  /** A question behind a flood is found, and so is one between its waves. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void aFloodIsNoObstacle(String shell) {
    String wave = "yes 'noise noise noise' | head -c 20000000; ";
    try (Connection connection = under(shell)) {
      Outcome.Exited end =
          run(
              connection,
              asking(
                  wave + "printf 'one? '; read a; " + wave + "printf 'two? '; read b; exit $a$b",
                  always("(?s)one\\? $", "1\n"),
                  each("two\\?", "2\n")));

      assertThat(end.code()).isEqualTo(12);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void withoutPatienceItIsWaitedForTheEnd(String shell) {
    Payload.Dialogue patient =
        new Payload.Dialogue(List.of(always("never", "x")), Optional.empty());
    try (Connection connection = under(shell)) {
      Outcome.Exited end = run(connection, Script.of("sleep 1; exit 5").reading(patient));

      assertThat(end.code()).isEqualTo(5);
    }
  }

  private static String survivors(Connection connection, String mark) {
    return run(connection, Script.of(SURVIVORS, mark.substring(0, 9), mark.substring(9))).out();
  }
}
