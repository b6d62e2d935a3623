package dev.hearth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every connection must do; each way to a host is held against it. */
public abstract class ConnectionSuite {

  private static final long SEED = 20261121;

  @TempDir Path directory;
  private Connection connection;

  /** A new connection to a host that is this machine or shares no files with it. */
  protected abstract Connection connect();

  @BeforeEach
  void open() {
    connection = connect();
  }

  @AfterEach
  void close() {
    connection.close();
  }

  private Outcome.Exited run(Script script) {
    return exited(connection.run(script, Become.NOBODY_ELSE));
  }

  private static Outcome.Exited exited(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Exited.class);
    return (Outcome.Exited) outcome;
  }

  private static Payload secret(String text) {
    return Payload.of(new Value.Secret(text));
  }

  @Test
  void tellsStatusAndBothStreamsApart() {
    Outcome.Exited end = run(Script.of("echo to-out; echo to-err >&2; exit 7"));

    assertThat(end.code()).isEqualTo(7);
    assertThat(end.out()).isEqualTo("to-out\n");
    assertThat(end.err()).isEqualTo("to-err\n");
  }

  @Test
  void keepsOutputWithoutLineEnd() {
    assertThat(run(Script.of("printf abc; printf def >&2")).out()).isEqualTo("abc");
  }

  @Test
  void nothingLeaksIntoTheNextScript() {
    run(
        Script.of(
            "cd /; leak=1; export leak; umask 077; set -- a b; exec 3</dev/null; set -f; IFS=x"));

    Outcome.Exited end =
        run(Script.of("echo \"${leak-unset} $# $(umask)\"; case $- in *f*) echo noglob ;; esac"));

    assertThat(end.out()).isEqualTo("unset 0 0022\n");
    assertThat(run(Script.of("printf %s \"$IFS\"")).out()).isEqualTo(" \t\n");
    assertThat(run(Script.of("[ \"$PWD\" = / ] && echo moved")).out()).isEmpty();
    assertThat(run(Script.of("set | grep '^_h_' || echo gone")).out()).isEqualTo("gone\n");
  }

  @Test
  void aScriptWithoutInputReadsEndOfFile() {
    assertThat(run(Script.of("cat; echo end")).out()).isEqualTo("end\n");
  }

  @Test
  void aBrokenScriptDoesNotBreakTheShell() {
    assertThat(run(Script.of("if then (")).code()).isNotZero();
    assertThat(run(Script.of("echo ${x:?gone}")).code()).isNotZero();
    assertThat(run(Script.of("exec /nonexistent/program")).code()).isNotZero();
    assertThat(run(Script.of("set -eu; false; echo no")).code()).isEqualTo(1);
    assertThat(run(Script.of("exec >&- 2>&-; exit 3")).code()).isEqualTo(3);
  }

  @Test
  void wordsArriveAsTheyAre() {
    List<String> words =
        List.of(
            "",
            " ",
            "a b",
            "it's",
            "$HOME `id` $(id)",
            "line\nbreak\n",
            "\\",
            "-n",
            "*",
            "ä\u0081é€😀",
            "!",
            "tab\there",
            "cr\r\n");

    Outcome.Exited end =
        run(Script.of("printf '<%s>' \"$@\"", words.stream().map(Word::of).toList()));

    assertThat(end.out()).isEqualTo("<" + String.join("><", words) + ">");
  }

  @Test
  void randomWordsAndInputsArriveAsTheyAre() {
    Random random = new Random(SEED);
    for (int round = 0; round < 60; round++) {
      String word = randomText(random);
      byte[] input = new byte[random.nextInt(5000)];
      random.nextBytes(input);
      Outcome.Exited end =
          run(Script.of("printf %s \"$1\" >&2; cat", word).reading(new Payload.Binary(input)));
      assertThat(end.err()).as("seed %d round %d", SEED, round).isEqualTo(word);
      assertThat(end.stdout()).as("seed %d round %d", SEED, round).isEqualTo(input);
    }
  }

  private static String randomText(Random random) {
    String nasty =
        "'\"\\$`!#&|;<>(){}[]*?~=%^ \t\n\r-+,.:/@abcXYZ019äöé€\u0081\u0088\u00ff\u200b😀";
    int[] points = nasty.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(80);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  @Test
  void binaryInputOfAMegabyteComesBack() {
    byte[] bytes = new byte[1_048_577];
    new Random(SEED).nextBytes(bytes);

    assertThat(run(Script.of("cat").reading(new Payload.Binary(bytes))).stdout()).isEqualTo(bytes);
  }

  @Test
  void inputThatIsNotReadIsNotMistakenForTheNextFrame() {
    Payload big =
        new Payload.Binary("echo injected\n".repeat(50_000).getBytes(StandardCharsets.UTF_8));

    List<Outcome> all =
        connection.runAll(
            List.of(
                Script.of("exit 4").reading(big),
                Script.of("read one; echo \"$one\"").reading(big),
                Script.of("exec <&-; echo closed").reading(big),
                Script.of("echo next")),
            Become.NOBODY_ELSE);

    assertThat(all.stream().map(end -> exited(end).code())).containsExactly(4, 0, 0, 0);
    assertThat(all.stream().map(end -> exited(end).out()))
        .containsExactly("", "echo injected\n", "closed\n", "next\n");
  }

  @Test
  void emptyInputIsInputToo() {
    assertThat(run(Script.of("cat; echo end").reading(secret(""))).out()).isEqualTo("end\n");
  }

  @Test
  void manyFramesAtOnceWithLargeAnswersDoNotBlock() {
    byte[] input = new byte[200_000];
    new Random(SEED).nextBytes(input);
    List<Script> scripts =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    Script.of("cat; echo $1 >&2; exit $1", Integer.toString(i))
                        .reading(new Payload.Binary(input)))
            .toList();

    List<Outcome> all = connection.runAll(scripts, Become.NOBODY_ELSE);

    for (int i = 0; i < all.size(); i++) {
      assertThat(exited(all.get(i)).code()).isEqualTo(i);
      assertThat(exited(all.get(i)).err()).isEqualTo(i + "\n");
      assertThat(exited(all.get(i)).stdout()).isEqualTo(input);
    }
  }

  @Test
  void answersThatNobodyWaitsForComeLater() {
    Connection.Answers answers =
        connection.ask(
            List.of(Script.of("echo now")),
            List.of(Script.of("sleep 1; echo slow"), Script.of("echo last; exit 3")),
            Become.NOBODY_ELSE);
    assertThat(answers.now().stream().map(end -> exited(end).out())).containsExactly("now\n");

    assertThat(run(Script.of("echo behind")).out()).isEqualTo("behind\n");
    assertThat(answers.later().answer(1).orElseThrow().code()).isEqualTo(3);
    assertThat(answers.later().answer(0).orElseThrow().out()).isEqualTo("slow\n");
    assertThat(answers.later().answer(0).orElseThrow().out()).as("again").isEqualTo("slow\n");
  }

  @Test
  void aQuestionOnlyForLaterDoesNotWait() {
    Connection.Answers answers =
        connection.ask(List.of(), List.of(Script.of("sleep 1; echo slow")), Become.NOBODY_ELSE);

    assertThat(answers.now()).isEmpty();
    assertThat(answers.later().answer(0).orElseThrow().out()).isEqualTo("slow\n");
  }

  @Test
  void whatWasSentBehindAKilledScriptHasNoAnswer() {
    Script endless = Script.of("while :; do sleep 0.1; done").within(Duration.ofMillis(300));

    Connection.Answers answers =
        connection.ask(
            List.of(endless, Script.of("echo next")),
            List.of(Script.of("echo lost")),
            Become.NOBODY_ELSE);

    assertThat(answers.now().getFirst()).isInstanceOf(Outcome.TimedOut.class);
    assertThat(exited(answers.now().get(1)).out()).isEqualTo("next\n");
    assertThat(answers.later().answer(0)).isEmpty();
    assertThat(run(Script.of("echo on")).out()).isEqualTo("on\n");
  }

  @Test
  void aLaterAnswerThatTakesTooLongIsNone() {
    Script endless = Script.of("while :; do sleep 0.1; done").within(Duration.ofMillis(300));
    Connection.Answers answers =
        connection.ask(
            List.of(Script.of("echo now")),
            List.of(endless, Script.of("echo behind")),
            Become.NOBODY_ELSE);

    assertThat(answers.later().answer(0)).isEmpty();
    // Asked again it is killed, and with it all that waits behind it.
    assertThat(connection.run(endless, Become.NOBODY_ELSE)).isInstanceOf(Outcome.TimedOut.class);
    assertThat(answers.later().answer(1)).isEmpty();
  }

  @Test
  void endlessOutputKeepsBeginningAndEnd() {
    Outcome.Exited end =
        run(Script.of("echo first; yes 0123456789abcde | head -c 100000000; echo last"));

    assertThat(end.stdout().length).isBetween(BoundedOutput.LIMIT, BoundedOutput.LIMIT + 100);
    assertThat(end.out()).startsWith("first\n").endsWith("last\n").contains(" bytes left out ...]");
  }

  @Test
  void environmentIsSetForOneScriptOnly() {
    Script with = Script.of("echo \"$GREETING\"").in(Map.of("GREETING", Word.of("it's me")));

    assertThat(run(with).out()).isEqualTo("it's me\n");
    assertThat(run(Script.of("echo \"${GREETING-none}\"")).out()).isEqualTo("none\n");
  }

  @Test
  void messagesAreInEnglishAndThereIsNoTerminal() {
    Outcome.Exited end =
        run(
            Script.of(
                "echo $TERM $LC_ALL; test -t 0 || test -t 1 || echo no-tty; ls /nonexistent-file"));

    assertThat(end.out()).startsWith("dumb C").contains("no-tty");
    assertThat(end.err()).contains("No such file or directory");
  }

  @Test
  void aScriptThatTakesTooLongIsKilledWithAllItStarted() {
    String mark = "hearth-suite-" + Long.toHexString(System.nanoTime());
    // The copy of sleep is told apart by an argument, which a builtin or exec keeps visible.
    Script endless =
        Script.of(
                "(sh -c 'while :; do sleep 0.1; done' \"$1\" & sh -c 'trap \"\" TERM; while :; do"
                    + " sleep 0.1; done' \"$1\" & wait) | cat",
                mark)
            .within(Duration.ofMillis(300));

    List<Outcome> all =
        connection.runAll(
            List.of(Script.of("echo before"), endless, Script.of("echo after")),
            Become.NOBODY_ELSE);

    assertThat(exited(all.get(0)).out()).isEqualTo("before\n");
    assertThat(all.get(1)).isEqualTo(new Outcome.TimedOut(Duration.ofMillis(300)));
    assertThat(exited(all.get(2)).out()).isEqualTo("after\n");
    Script survivors =
        Script.of(
            "for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' 2>/dev/null <$f | grep -F -e \"$1$2\""
                + " && echo $f; done; exit 0",
            mark.substring(0, 10),
            mark.substring(10));
    assertThat(run(survivors).out()).isEmpty();
  }

  @Test
  void whatLeftTheFamilyIsKilledTooAndWhatAnEarlierScriptLeftStays() {
    String mark = "hearth-left-" + Long.toHexString(System.nanoTime());
    String endless = "sh -c 'while :; do sleep 0.1; done' ";
    run(Script.of(endless + "\"$1\" >/dev/null 2>&1 &", mark + "-before"));
    Script orphan =
        Script.of("(" + endless + "\"$1\" >/dev/null 2>&1 &); sleep 60", mark + "-orphan")
            .within(Duration.ofMillis(500));

    assertThat(connection.run(orphan, Become.NOBODY_ELSE)).isInstanceOf(Outcome.TimedOut.class);

    Script survivors =
        Script.of(
            "for f in /proc/[0-9]*; do if tr '\\0' ' ' 2>/dev/null <$f/cmdline | grep -F -e"
                + " \"$1$2\"; then kill ${f#/proc/}; fi; done; exit 0",
            mark.substring(0, 10),
            mark.substring(10));
    assertThat(run(survivors).out()).contains("-before").doesNotContain("-orphan");
  }

  @Test
  void aTimeLimitThatIsKeptChangesNothing() {
    assertThat(run(Script.of("echo quick").within(Duration.ofSeconds(30))).out())
        .isEqualTo("quick\n");
  }

  @Test
  void aShellThatDiesIsALostChannelAndIsReplaced() {
    Outcome end = connection.run(Script.of("kill -KILL $$; sleep 30"), Become.NOBODY_ELSE);

    assertThat(end).isInstanceOf(Outcome.ChannelLost.class);
    assertThat(run(Script.of("echo again")).out()).isEqualTo("again\n");
  }

  @Test
  void aFileIsStreamed() throws IOException {
    byte[] bytes = new byte[3_000_001];
    new Random(SEED).nextBytes(bytes);
    Path file = Files.write(directory.resolve("data"), bytes);

    assertThat(run(Script.of("cat").reading(new Payload.LocalFile(file, bytes.length))).stdout())
        .isEqualTo(bytes);
  }

  @Test
  void aFileThatChangedFailsAndNothingIsPutInPlace() throws IOException {
    for (long announced : new long[] {1_000_000, 3_000_000, 1}) {
      Path file = Files.write(directory.resolve("data" + announced), new byte[2_000_000]);
      Script put =
          Script.of("cat >/dev/null; echo done").reading(new Payload.LocalFile(file, announced));

      assertThatThrownBy(
              () -> connection.runAll(List.of(put, Script.of("echo next")), Become.NOBODY_ELSE))
          .isInstanceOf(HearthException.class)
          .hasMessageContaining("changed while it was being sent")
          .hasMessageContaining(file.toString());
    }
    assertThat(run(Script.of("echo again")).out()).isEqualTo("again\n");
  }

  @Test
  void aFileThatIsGoneFails() {
    Script put = Script.of("cat").reading(new Payload.LocalFile(directory.resolve("gone"), 5));

    assertThatThrownBy(() -> connection.run(put, Become.NOBODY_ELSE))
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void aFileThatGrowsWhileItIsSentFails() throws IOException {
    Path file = Files.write(directory.resolve("growing"), new byte[20_000_000]);
    Files.write(file, new byte[1], StandardOpenOption.APPEND);
    Script put = Script.of("cat >/dev/null").reading(new Payload.LocalFile(file, 20_000_000));

    assertThatThrownBy(() -> connection.run(put, Become.NOBODY_ELSE))
        .hasMessageContaining("20000001");
  }

  @Test
  void secretsAreNeverArgumentsOfAProcess() {
    String canary = "canary-" + Long.toHexString(System.nanoTime());
    List<Word> words = new ArrayList<>();
    words.add(Word.of(new Value.Secret(canary)));
    Script script =
        Script.of(
                "printf '%s' \"$1\" | wc -c; cat >/dev/null; for f in /proc/[0-9]*/cmdline; do tr"
                    + " '\\0' ' ' <$f; echo; done 2>/dev/null",
                words)
            .reading(secret(canary + canary))
            .in(Map.of("OPEN", Word.of("yes")));

    assertThat(run(script).out()).contains("sh -c").doesNotContain(canary);
  }
}
