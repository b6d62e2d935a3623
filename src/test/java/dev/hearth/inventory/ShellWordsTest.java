package dev.hearth.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellWordsTest {

  @Test
  void splitsWhatShlexSplits() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String line : GoldenLines.of("words.tsv")) {
      String actual = split(GoldenLines.input(line));
      if (!actual.equals(GoldenLines.expected(line))) {
        wrong.add(line + "  but was " + actual);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void knowsWhereEachWordStands() {
    assertThat(ShellWords.of("a  'b c' d", start("a  'b c' d")))
        .extracting(word -> word.at().column())
        .containsExactly(1, 4, 10);
  }

  private static String split(String line) {
    try {
      List<Value> words = ShellWords.of(line, start(line)).stream().map(Located::value).toList();
      return Canonical.of(new Value.Seq(words));
    } catch (HearthException unclosed) {
      return "error";
    }
  }

  private static Location start(String line) {
    return Location.startOf(Source.of("test", line));
  }
}
