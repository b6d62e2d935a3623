package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.library.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every module was held against Ansible's on twin hosts ({@code bench/twins}) or says why not, and
 * {@code docs/module-parity.md} tells what was found. With {@code -Dmodules.rewrite=true} the page
 * is written anew.
 */
class TwinHostsTest {

  private static final Path BENCH = Path.of("bench");
  private static final Path PAGE = Path.of("docs", "module-parity.md");

  private final TwinRecords records;

  TwinHostsTest() throws IOException {
    records = TwinRecords.of(BENCH);
  }

  private static Set<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(BENCH.resolve("twins.d"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yml"))
          .map(name -> name.substring(0, name.length() - 4))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void everyModuleHasACaseOrAReason() throws IOException {
    Set<String> named = cases();
    assertThat(named).doesNotContainAnyElementsOf(records.without().keySet());
    named.addAll(records.without().keySet());
    assertThat(named)
        .isEqualTo(
            Library.modules().all().stream()
                .map(module -> module.spec().name())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyCaseWasRecorded() throws IOException {
    assertThat(records.modules().keySet()).isEqualTo(cases());
  }

  @Test
  void everyDifferenceIsExplainedAndEveryExplanationNeeded() {
    assertThat(records.unexplained()).isEmpty();
    assertThat(records.idle()).isEmpty();
  }

  @Test
  void thePageTellsWhatWasRecorded() throws IOException {
    if (Boolean.getBoolean("modules.rewrite")) {
      Files.writeString(PAGE, records.page());
    }
    assertThat(Files.readString(PAGE))
        .as("run this test with -Dmodules.rewrite=true")
        .isEqualTo(records.page());
  }
}
