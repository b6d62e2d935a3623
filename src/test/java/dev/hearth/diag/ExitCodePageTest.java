package dev.hearth.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page about exit codes says what the table says. */
final class ExitCodePageTest {

  @Test
  void pageListsExactlyTheTable() throws IOException {
    List<String> listed =
        Files.readAllLines(Path.of("docs/exit-codes.md")).stream()
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .toList();
    assertThat(listed)
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values())
                .map(
                    code ->
                        "| " + code.number() + " | " + code.name() + " | " + code.meaning() + " |")
                .toList());
  }

  @Test
  void numbersAreDistinctAndFitAProcess() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number))
        .doesNotHaveDuplicates()
        .allMatch(n -> n >= 0 && n < 256);
  }
}
