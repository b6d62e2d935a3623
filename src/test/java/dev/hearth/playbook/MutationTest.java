package dev.hearth.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a playbook is damaged, it loads or is refused with places: nothing else is thrown. */
class MutationTest {

  private static final long SEED = 20261121L;
  private static final List<String> PIECES =
      List.of(
          "\t",
          "\n",
          "  ",
          "- ",
          ": ",
          "{{",
          "}}",
          "{%",
          "[",
          "]",
          "{",
          "}",
          "'",
          "\"",
          "|",
          ">",
          "&a",
          "*a",
          "<<: ",
          "!vault",
          "!unsafe ",
          "!!x",
          "---\n",
          "#",
          "%",
          "@",
          "\u0000",
          "\u0085",
          "block:",
          "loop:",
          "when:",
          "yes",
          "~",
          "0x",
          "1:2",
          "a=b",
          "include_tasks:",
          "hosts:",
          "\\",
          "😀");

  @TempDir Path directory;

  @Test
  void refusesDamagedPlaybooksWithAPlace() throws IOException {
    String whole = seedText();
    Random random = new Random(SEED);
    Lab lab = new Lab(directory);
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      String damaged = damaged(whole, random);
      lab.with("play.yml", damaged);
      try {
        Templates.in(lab.load("play.yml"));
      } catch (HearthException expected) {
        refused++;
        assertThat(expected.diagnostics()).allSatisfy(MutationTest::isComplete);
      } catch (RuntimeException | StackOverflowError defect) {
        fail("round " + round + " of " + SEED + ":\n" + damaged, defect);
      }
    }
    assertThat(refused).isPositive();
  }

  private static void isComplete(Diagnostic finding) {
    assertThat(finding.summary()).isNotBlank();
    assertThat(finding.at()).isPresent();
    assertThat(finding.next()).isNotBlank();
    assertThat(finding.render()).contains("-->");
  }

  private static String seedText() throws IOException {
    try (var stream = MutationTest.class.getResourceAsStream("/playbook/everything.yml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String damaged(String whole, Random random) {
    StringBuilder text = new StringBuilder(whole);
    int damages = 1 + random.nextInt(3);
    for (int damage = 0; damage < damages; damage++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(6)));
        case 2 -> text.setCharAt(at, (char) (1 + random.nextInt(126)));
        default -> swapLines(text, random);
      }
    }
    return text.toString();
  }

  private static void swapLines(StringBuilder text, Random random) {
    List<String> lines = new ArrayList<>(text.toString().lines().toList());
    int one = random.nextInt(lines.size());
    String moved = lines.remove(one);
    lines.add(random.nextInt(lines.size() + 1), moved);
    text.setLength(0);
    text.append(String.join("\n", lines)).append('\n');
  }
}
