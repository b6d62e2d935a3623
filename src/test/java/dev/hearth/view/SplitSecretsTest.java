package dev.hearth.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.connection.Become;
import dev.hearth.connection.Receiver;
import dev.hearth.connection.ShellConnection;
import dev.hearth.local.LocalProcess;
import dev.hearth.plan.Result;
import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that arrive in pieces: cut by reads, by lines, or by what writes results. */
class SplitSecretsTest {

  private static final String SECRET =
      "it's a \"süß\"🔑 $ecret,\\ of <some> length; 0123456789abcdef!";

  @TempDir private Path folder;

  /** How the bytes of the worker's streams are cut before the connection gets them. */
  enum Cut {
    EVERY_BYTE,
    FIRST_OF_EACH_READ,
    MIDDLE,
    LAST_OF_EACH_READ;

    void deliver(byte[] buffer, int offset, int length, Receiver to, boolean errors) {
      int at = offset;
      int end = offset + length;
      while (at < end) {
        int size =
            switch (this) {
              case EVERY_BYTE -> 1;
              case FIRST_OF_EACH_READ -> at == offset ? 1 : end - at;
              case MIDDLE -> Math.max(1, (end - at) / 2);
              case LAST_OF_EACH_READ -> at < end - 1 ? end - 1 - at : 1;
            };
        if (errors) {
          to.stderr(buffer, at, size);
        } else {
          to.stdout(buffer, at, size);
        }
        at += size;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isHiddenInEverySinkHoweverReadsCutIt(Cut cut) throws Exception {
    Outcome.Exited end = printed(cut);
    assertThat(end.out()).isEqualTo("<" + SECRET + ">\n");
    assertThat(end.err()).isEqualTo("<" + SECRET + ">\n");

    Result result = new Result(true, false, false, Map.of());
    for (String written : written(result.with("stdout", end.out()).with("stderr", end.err()))) {
      assertThat(written).contains("***").doesNotContain("süß", "ecret", "s\\u00fc", "0123456789");
    }
  }

  /** Wherever the two writes of the program part the secret, also inside of a letter. */
  @Test
  void isHiddenWhereverTwoReadsPartIt() throws Exception {
    Masker masker = masker();
    byte[] bytes = ("<" + SECRET + ">").getBytes(UTF_8);
    try (ShellConnection connection = connection(Cut.EVERY_BYTE)) {
      for (int first = 0; first <= bytes.length; first++) {
        Outcome end =
            connection.run(
                Script.of(
                        "cat >\"$2\"; dd bs=\"$1\" count=1 if=\"$2\" 2>/dev/null; tail -c +\"$3\""
                            + " \"$2\"",
                        Integer.toString(Math.max(1, first)),
                        folder.resolve("piece").toString(),
                        Integer.toString(Math.max(1, first) + 1))
                    .reading(Payload.of(new Value.Secret("<" + SECRET + ">"))),
                Become.NOBODY_ELSE);
        assertThat(masker.mask(((Outcome.Exited) end).out())).isEqualTo("<***>");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "\r\n",
        "\n    ",
        "\\n",
        "\\r\\n",
        "\\\\n",
        "\",\n   \"",
        "', '",
        "\n  - ",
        "\n+"
      })
  void isHiddenWhenItsBase64OrHexadecimalIsSpreadOverLines(String between) {
    Masker masker = masker();
    byte[] file = ("USER=admin\nPASSWORD=" + SECRET + "\nMODE=x\n").getBytes(UTF_8);
    byte[] own = SECRET.getBytes(UTF_8);
    List<UnaryOperator<byte[]>> encodings =
        List.of(
            bytes -> Base64.getEncoder().encode(bytes),
            bytes -> Base64.getUrlEncoder().encode(bytes),
            bytes -> HexFormat.of().formatHex(bytes).getBytes(UTF_8),
            bytes -> HexFormat.of().withUpperCase().formatHex(bytes).getBytes(UTF_8));
    for (UnaryOperator<byte[]> encoding : encodings) {
      String certain = new String(encoding.apply(own), UTF_8).substring(4);
      for (int width = 1; width < 90; width++) {
        for (byte[] text : List.of(own, file)) {
          String encoded = new String(encoding.apply(text), UTF_8);
          String shown = masker.mask("<" + wrapped(encoded, width, between) + ">");
          assertThat(shown).as("at %s columns", width).contains("***");
          assertThat(shown.replace(between, ""))
              .as("at %s columns", width)
              .hasSizeLessThan(encoded.length() - own.length + 12)
              .doesNotContain(certain.substring(0, 12), certain.substring(20, 32));
        }
      }
    }
  }

  @Test
  void isHiddenAsADumpOfBytes() {
    String dump = HexFormat.ofDelimiter(" ").formatHex(("abc" + SECRET + "d").getBytes(UTF_8));
    for (String between : List.of("\n ", "\\n ", "\", \" ", "'\n  - ' ")) {
      String shown = masker().mask(" " + wrapped(dump, 48, between));

      assertThat(shown).isEqualTo(" 61 62 63 *** 64");
    }
    assertThat(masker().mask(HexFormat.ofDelimiter(":").formatHex(SECRET.getBytes(UTF_8))))
        .isEqualTo("***");
  }

  @Test
  void textWithoutSecretsIsReadInNoTimeAndStays() {
    Masker masker = masker();
    for (String piece : List.of("\n", "\\", "\", ", "\r\n \t", "\"\n", "aXQn\n")) {
      String text = piece.repeat(200_000);
      assertThat(masker.mask(text)).isSameAs(text);
    }
  }

  private static String wrapped(String text, int width, String between) {
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < text.length(); at += width) {
      pieces.add(text.substring(at, Math.min(text.length(), at + width)));
    }
    return String.join(between, pieces);
  }

  /** A program of this machine prints the secret on both streams. */
  private static Outcome.Exited printed(Cut cut) throws Exception {
    try (ShellConnection connection = connection(cut)) {
      Script script =
          Script.of("read -r line; printf '<%s>\\n' \"$line\"; printf '<%s>\\n' \"$line\" >&2")
              .reading(Payload.of(new Value.Secret(SECRET + "\n")));
      return (Outcome.Exited) connection.run(script, Become.NOBODY_ELSE);
    }
  }

  private static ShellConnection connection(Cut cut) {
    return new ShellConnection(
        "here",
        (command, receiver) ->
            LocalProcess.start(
                "/bin/sh",
                command,
                new Receiver() {
                  @Override
                  public void stdout(byte[] buffer, int offset, int length) {
                    cut.deliver(buffer, offset, length, receiver, false);
                  }

                  @Override
                  public void stderr(byte[] buffer, int offset, int length) {
                    cut.deliver(buffer, offset, length, receiver, true);
                  }

                  @Override
                  public void ended(String reason) {
                    receiver.ended(reason);
                  }
                }),
        () -> true,
        () -> {});
  }

  /** What all views write of a result, the folding ones as well. */
  private List<String> written(Result result) throws Exception {
    List<String> all = new ArrayList<>();
    for (ConsoleStyle.Format format : ConsoleStyle.Format.values()) {
      ConsoleStyle style =
          new ConsoleStyle(
              format, Optional.empty(), true, true, false, false, false, false, false, 3);
      all.add(
          shown(
              result,
              (terminal, masker) -> new ConsoleView(terminal, masker, 1, false, style, List.of())));
    }
    all.add(shown(result, AdHocView::new));
    all.add(shown(result, (terminal, masker) -> new JsonView(terminal, masker, 1)));
    Path junit = folder.resolve("junit.xml");
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    shown(
        result,
        (terminal, masker) ->
            new JunitReport(suite -> junit, junit, JunitOptions.of(Map.of()), masker, clock));
    all.add(Files.readString(junit));
    return all;
  }

  private interface View {
    EventSink on(Terminal terminal, Masker masker);
  }

  private static String shown(Result result, View view) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    Masker masker = masker();
    EventSink sink =
        new MaskedResults(masker, view.on(new Terminal(stream, stream, 80, Palette.NONE), masker));
    sink.accept(new Event.PlaybookStarted("play.yml", 1));
    sink.accept(new Event.PlayStarted("p", List.of("h"), false));
    sink.accept(new Event.TaskStarted(Event.Kind.TASK, "t", "m", "", Optional.empty(), false));
    sink.accept(
        new Event.HostDone(
            "h",
            Optional.empty(),
            "ansible.builtin.command",
            result.failed(true),
            Event.Status.FAILED,
            Optional.empty(),
            false,
            List.of(),
            false,
            Event.Detail.WHEN_VERBOSE,
            Optional.empty()));
    sink.accept(new Event.Finished(List.of()));
    return out.toString(UTF_8);
  }

  private static Masker masker() {
    Masker masker = new Masker();
    masker.add(new Value.Secret(SECRET));
    return masker;
  }
}
