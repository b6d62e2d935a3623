package dev.hearth.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PythonLiteralTest {

  @Test
  void readsWhatPythonReads() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String line : GoldenLines.of("literals.tsv")) {
      String actual = Canonical.of(PythonLiteral.of(GoldenLines.input(line)));
      if (!actual.equals(GoldenLines.expected(line))) {
        wrong.add(line + "  but was " + actual);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void deepNestingIsText() {
    String deep = "[".repeat(100_000);
    assertThat(Canonical.of(PythonLiteral.of(deep))).isEqualTo("\"" + deep + "\"");
  }
}
