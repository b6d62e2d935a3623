package dev.hearth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a script does, its end is told, and the next one runs. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UnrulyScriptTest {

  private static final byte[] INPUT =
      "line with \0 in it\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

  /** What ends only the script itself, and the exit status that it must have; -1 for any. */
  private static final Map<String, Integer> ALONE =
      Map.ofEntries(
          Map.entry("trap 'echo bye; exit 9' EXIT; exit 3", 9),
          Map.entry("trap 'rm -f /nonexistent/file' EXIT; cat | (read a; echo \"$a\"); exit 4", 4),
          Map.entry("f() { return 5; }; f", 5),
          Map.entry("exec sh -c 'cat >/dev/null; exit 6'", 6),
          Map.entry("exec cat", 0),
          Map.entry("exec <&- >&- 2>&- 3>&- 8>&-; exit 7", 7),
          Map.entry("exec >/dev/full 2>&1; echo lost; exit 8", 8),
          Map.entry("break; continue; exit 9", -1),
          Map.entry("return 3", -1),
          Map.entry("shift 99; exit 9", -1),
          Map.entry("readonly _h_n=1 _h_r=1 _h_s=1; exit 10", 10),
          Map.entry("echo() { :; }; printf() { :; }; read() { return 1; }; exit 11", 11),
          Map.entry("alias echo=false; unset PATH; cd /; umask 777; exit 12", 12),
          Map.entry("set -eu; set -f -a -C; IFS=0123456789; exit 13", 13),
          Map.entry("set -n; exit 14", -1),
          Map.entry("ulimit -n 3; ulimit -f 0; exit 15", 15),
          Map.entry("trap '' HUP INT QUIT PIPE ALRM TERM CHLD; exit 16", 16),
          Map.entry("trap 'exit 99' CHLD TERM; sh -c 'exit 1'; exit 17", -1),
          Map.entry("sh -c 'kill -KILL $$'; exit 18", 18),
          Map.entry("kill -TERM $(exec sh -c 'echo $PPID')", -1),
          Map.entry("wait; jobs; kill %1; exit 19", 19),
          Map.entry("sleep 30 & trap \"kill $!\" EXIT; exit 20", 20),
          Map.entry("sleep 20 <&0 & exit 21", 21),
          Map.entry("(trap '' TERM HUP; exec sleep 20) >/dev/null 2>&1 & exit 22", 22),
          Map.entry("printf 'a\\0b\\0'; printf '\\0' >&2; exit 23", 23),
          Map.entry("yes noise | head -c 40000000 >&2; exit 24", 24),
          Map.entry("yes noise | head -c 9000000; yes noise | head -c 9000000 >&2; exit 25", 25),
          Map.entry("printf '\\036'; printf '0123456789abcdef0123456789abcdef'; exit 26", 26),
          Map.entry("while read -r line; do :; done; exit 27", 27),
          Map.entry("echo 'unterminated", -1),
          Map.entry("echo \"unterminated", -1),
          Map.entry("echo $(", -1),
          Map.entry("case x in", -1),
          Map.entry("fi; done; }; )", -1),
          Map.entry("cat <<END\nnever ended", -1),
          Map.entry("echo end \\", 0),
          Map.entry("# a comment", 0),
          Map.entry("", 0));

  private static Stream<Arguments> alone() {
    return shells().flatMap(shell -> ALONE.keySet().stream().map(it -> Arguments.of(shell, it)));
  }

  private static Stream<String> shells() {
    return Stream.of("dash", "bash --posix", "busybox ash");
  }

  private static Outcome.Exited exited(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Exited.class);
    return (Outcome.Exited) outcome;
  }

  @ParameterizedTest
  @MethodSource("alone")
  void anotherScriptRunsBehindIt(String shell, String body) {
    int expected = ALONE.getOrDefault(body, -1);
    Script script = Script.of(body);
    try (Connection connection = LocalShell.under(shell)) {
      List<Outcome> ends =
          connection.runAll(
              List.of(
                  script,
                  Script.of("echo next"),
                  script.reading(new Payload.Binary(INPUT)),
                  Script.of("cat").reading(new Payload.Binary(INPUT))),
              Become.NOBODY_ELSE);

      for (int each : new int[] {0, 2}) {
        int code = exited(ends.get(each)).code();
        assertThat(code).isEqualTo(expected < 0 ? code : expected);
      }
      assertThat(exited(ends.get(1)).out()).isEqualTo("next\n");
      assertThat(exited(ends.get(3)).stdout()).isEqualTo(INPUT);
    }
  }

  private static Stream<Arguments> deadly() {
    return shells()
        .flatMap(
            shell ->
                Stream.of("TERM", "KILL", "HUP", "PIPE", "INT", "QUIT")
                    .map(signal -> Arguments.of(shell, signal)));
  }

  /** It may take the shell of the connection with it, and that is told. */
  @ParameterizedTest
  @MethodSource("deadly")
  void itsProcessGroupMayBeKilled(String shell, String signal) {
    Script script = Script.of("kill -$1 0; sleep 1; echo over", signal);
    try (Connection connection = LocalShell.under(shell)) {
      for (Payload input : List.of(Payload.none(), new Payload.Binary(INPUT))) {
        List<Outcome> ends =
            connection.runAll(
                List.of(script.reading(input), Script.of("echo next")), Become.NOBODY_ELSE);

        assertThat(ends).hasSize(2);
        assertThat(exited(connection.run(Script.of("echo on"), Become.NOBODY_ELSE)).out())
            .isEqualTo("on\n");
      }
    }
  }

  /** Only what copies the input is killed; what is left of the input looks like a frame. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash --posix", "busybox ash"})
  void theRestOfAnInputIsNeverRun(String shell, @TempDir Path directory) {
    Path made = directory.resolve("made");
    Payload frames =
        Payload.of(
            Value.text(
                ("mark -\ntouch " + made + "\nmark\n").repeat(20_000)
                    + "end -\ntouch "
                    + made
                    + "\nend\n"));
    String killing =
        """
        for process in /proc/[0-9]*; do
          read -r line 2>/dev/null <"$process/stat" || continue
          set -- ${line##*) }
          if [ "$2" = "$$" ]; then kill -KILL "${process#/proc/}"; fi
        done
        echo over
        """;
    try (Connection connection = LocalShell.under(shell)) {
      for (String script : List.of(killing, "(" + killing + ")", "kill -QUIT 0; exit 3")) {
        List<Outcome> ends =
            connection.runAll(
                List.of(Script.of(script).reading(frames), Script.of("echo next")),
                Become.NOBODY_ELSE);

        assertThat(ends).hasSize(2);
        assertThat(exited(connection.run(Script.of("echo on"), Become.NOBODY_ELSE)).out())
            .isEqualTo("on\n");
        assertThat(made).doesNotExist();
      }
    }
  }

  /** What cannot be written down for a shell fails at once, and the connection goes on. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash --posix", "busybox ash"})
  void whatCannotBeSentIsToldToWhoSendsIt(String shell) {
    Script good = Script.of("echo good");
    try (Connection connection = LocalShell.under(shell)) {
      for (Script bad :
          List.of(
              Script.of("echo \"$1\"", "a\0b"),
              Script.of("echo a\0b"),
              Script.of("env").in(Map.of("NAME", Word.of("\0"))),
              Script.of("env").in(Map.of("no name", Word.of("x"))))) {
        assertThatThrownBy(() -> connection.runAll(List.of(good, bad, good), Become.NOBODY_ELSE))
            .isInstanceOf(HearthException.class)
            .hasMessageMatching("(?s).*(contains a NUL character|'no name' cannot be the name).*");
      }
      assertThat(exited(connection.run(good, Become.NOBODY_ELSE)).out()).isEqualTo("good\n");
    }
  }

  /** Nobody waits for it yet: what is run before it is none the worse. */
  @Test
  void whatCannotBeSentLaterHarmsNothingBeforeIt() {
    Script bad = Script.of("echo \"$1\"", "a\0b");
    try (Connection connection = LocalShell.under("dash")) {
      Connection.Answers answers =
          connection.ask(
              List.of(Script.of("echo now")),
              List.of(Script.of("echo later"), bad, Script.of("echo never")),
              Become.NOBODY_ELSE);

      assertThat(exited(answers.now().getFirst()).out()).isEqualTo("now\n");
      assertThat(answers.later().answer(0).orElseThrow().out()).isEqualTo("later\n");
      assertThat(answers.later().answer(1)).isEmpty();
      assertThat(answers.later().answer(2)).isEmpty();
    }
  }

  /** An input that only fails while it is sent. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash --posix", "busybox ash"})
  void anInputThatCannotBeSentIsALostChannel(String shell) {
    Payload wrong =
        new Payload.Joined(
            List.of(
                new Payload.Binary(INPUT),
                new Payload.Dialogue(List.of(), Optional.of(Duration.ofSeconds(1)))));
    try (Connection connection = LocalShell.under(shell)) {
      List<Outcome> ends =
          connection.runAll(
              List.of(Script.of("cat").reading(wrong), Script.of("echo next")), Become.NOBODY_ELSE);

      assertThat(ends).allMatch(Outcome.ChannelLost.class::isInstance);
      assertThat(ends.getFirst().toString()).contains("answers are no part of another input");
      assertThat(exited(connection.run(Script.of("echo on"), Become.NOBODY_ELSE)).out())
          .isEqualTo("on\n");
    }
  }
}
