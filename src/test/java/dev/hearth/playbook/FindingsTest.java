package dev.hearth.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Golden cases: small playbooks with mistakes and exactly what is told about them. A case starts
 * with {@code ### name}; {@code >>> file} starts a file of it and {@code <<<} what is expected; the
 * file {@code play.yml} is the one that is loaded.
 */
class FindingsTest {

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> tellsWhatIsWrong() throws IOException {
    return cases().stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
  }

  private void check(Case each) throws IOException {
    Path own = Files.createDirectory(directory.resolve(each.name().replace(' ', '-')));
    assertThat(new Lab(own).with(each.files()).findings("play.yml"))
        .isEqualTo(each.expected().strip());
  }

  private record Case(String name, Map<String, String> files, String expected) {}

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream stream = FindingsTest.class.getResourceAsStream("/playbook/findings.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      for (String each : text.split("(?m)^### ")) {
        if (!each.isBlank()) {
          cases.add(parse(each));
        }
      }
    }
    return cases;
  }

  private static Case parse(String text) {
    Map<String, String> files = new LinkedHashMap<>();
    String[] halves = text.split("(?m)^<<<\n", 2);
    String[] parts = halves[0].split("(?m)^>>> ");
    for (int index = 1; index < parts.length; index++) {
      String[] file = parts[index].split("\n", 2);
      files.put(file[0].strip(), file[1]);
    }
    return new Case(parts[0].strip(), files, halves[1]);
  }
}
