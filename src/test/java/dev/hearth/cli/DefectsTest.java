package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/defects.md} names a case for each known defect and pitfall, and each is there. */
final class DefectsTest {

  private static final Pattern CASE = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

  private static List<String> rows(String begin) throws IOException {
    return Files.readAllLines(Path.of("docs/defects.md")).stream()
        .filter(line -> line.matches(begin))
        .toList();
  }

  @Test
  void eachOfTheSeventeenHasItsCases() throws IOException {
    List<String> rows = rows("\\| [0-9]+ \\|.*");
    assertThat(rows)
        .extracting(row -> row.split(" ")[1])
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 17).mapToObj(Integer::toString).toList());
    for (String row : rows) {
      there(row);
    }
  }

  @Test
  void eachPitfallOfAGateHasItsCase() throws IOException {
    List<String> rows =
        rows("\\| [a-zA-Z].*\\|").stream().filter(row -> !row.startsWith("| gate |")).toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(10);
    for (String row : rows) {
      there(row);
    }
  }

  private static void there(String row) throws IOException {
    Matcher each = CASE.matcher(row.substring(row.lastIndexOf('|', row.length() - 2)));
    int found = 0;
    while (each.find()) {
      found++;
      assertThat(Files.readString(source(each.group(1))))
          .as(row)
          .contains(" void " + each.group(2) + "(");
    }
    assertThat(found).as(row).isPositive();
  }

  private static Path source(String name) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files.filter(file -> file.endsWith(name + ".java")).findFirst().orElseThrow();
    }
  }
}
