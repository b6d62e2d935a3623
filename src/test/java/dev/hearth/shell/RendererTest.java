package dev.hearth.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.diag.HearthException;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The only quoting code, against the shells that read it. */
final class RendererTest {

  private static final long SEED = 20261121;
  private static final String NASTY =
      "'\"\\$`!#&|;<>(){}[]*?~=%^ \t\n\r"
          + "-+,.:/@_abcXYZ019\u00e4\u20ac\u0081\u0088\u00ff\ud83d\ude00\u0001\u007f";

  private static Script secret(String body, String word) {
    return Script.of(body, List.of(Word.of("plain"), Word.of(new Value.Secret(word))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void wordsReachTheShellAsTheyAre(String shell) throws IOException, InterruptedException {
    Path program = Path.of("/usr/bin", shell.split(" ")[0]);
    assumeTrue(Files.isExecutable(program), program + " is not installed");
    Random random = new Random(SEED);
    int[] points = NASTY.codePoints().toArray();
    StringBuilder script = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    for (int round = 0; round < 400; round++) {
      StringBuilder word = new StringBuilder();
      int length = random.nextInt(30);
      for (int i = 0; i < length; i++) {
        word.appendCodePoint(points[random.nextInt(points.length)]);
      }
      script
          .append(Renderer.forWire(Script.of("printf '%s\\001\\n' \"$1\"", word.toString())))
          .append('\n');
      expected.append(word).append("\u0001\n");
    }

    assertThat(run(shell, script.toString())).as("seed %d", SEED).isEqualTo(expected.toString());
  }

  private static String run(String shell, String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder((shell + " -s").split(" ")).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var in = process.getOutputStream()) {
                    in.write(script.getBytes(StandardCharsets.UTF_8));
                  } catch (IOException broken) {
                    process.destroy();
                  }
                });
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    writer.join();
    assertThat(process.waitFor()).isZero();
    return out;
  }

  @Test
  void harmlessWordsStayReadable() {
    assertThat(Renderer.quote("/etc/motd")).isEqualTo("/etc/motd");
    assertThat(Renderer.quote("")).isEqualTo("''");
    assertThat(Renderer.quote("it's")).isEqualTo("'it'\\''s'");
    assertThat(Renderer.quote("~")).isEqualTo("'~'");
  }

  @Test
  void peopleNeverSeeSecretsAndTheWireDoes() {
    Script script =
        secret("echo \"$2\"", "hunter2").in(Map.of("TOKEN", Word.of(new Value.Secret("hunter3"))));

    assertThat(Renderer.forPeople(script))
        .isEqualTo("export TOKEN=***\nset -- plain ***\necho \"$2\"");
    assertThat(Renderer.forWire(script))
        .isEqualTo("export TOKEN=hunter3\nset -- plain hunter2\necho \"$2\"");
    assertThat(script.toString()).doesNotContain("hunter");
  }

  @Test
  void onlyNamesCanBeVariables() {
    for (String name : List.of("A B", "A=1;id", "", "1A", "A-B", "A\nB")) {
      Script script = Script.of(":").in(Map.of(name, Word.of("x")));
      assertThatThrownBy(() -> Renderer.forWire(script))
          .as(name)
          .isInstanceOf(HearthException.class)
          .hasMessageContaining("'" + name + "' cannot be the name of an environment variable");
    }
  }

  @Test
  void aWordThatNoProgramCanTakeIsRefused() {
    assertThatThrownBy(() -> Renderer.forWire(Script.of(":", "a\0b")))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("NUL");
  }

  @Test
  void aScriptsOwnEnvironmentWins() {
    Script script =
        Script.of(":")
            .in(Map.of("A", Word.of("own")))
            .in(Map.of("A", Word.of("outer"), "B", Word.of("outer")));

    assertThat(Renderer.forWire(script)).isEqualTo("export A=own\nexport B=outer\n:");
  }
}
