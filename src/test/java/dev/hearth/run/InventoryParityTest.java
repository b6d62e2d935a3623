package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inventories of every form, held against what ansible-inventory 2.19 said of them: JSON and YAML
 * equal after parsing, trees equal as text. {@code bench/record-inventory} makes the recordings.
 *
 * <p>Where Ansible warns and goes on without the source, Hearth refuses it; the case's file {@code
 * refused} then holds the exit status and what it must say.
 */
class InventoryParityTest {

  @TempDir private Path scratch;

  @TestFactory
  Stream<DynamicTest> ansibleInventory() throws IOException, URISyntaxException {
    Path cases =
        Path.of(
            Objects.requireNonNull(InventoryParityTest.class.getResource("/inventory/cases"))
                .toURI());
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> directories = Files.list(cases)) {
      for (Path each : directories.sorted().toList()) {
        String name = each.getFileName().toString();
        Path here = scratch.resolve(name);
        copy(each, here);
        int number = 0;
        for (String command : Files.readAllLines(here.resolve("commands"))) {
          number++;
          Path recorded = here.resolve("recorded/" + number);
          tests.add(
              DynamicTest.dynamicTest(
                  name + ": " + command, () -> holdAgainst(here, command, recorded)));
        }
      }
    }
    return tests.stream();
  }

  private static void holdAgainst(Path here, String command, Path recorded) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("inventory"));
    arguments.addAll(words(command));
    InProcess run = InProcess.hearth(here, arguments.toArray(String[]::new));
    if (Files.exists(here.resolve("refused"))) {
      String[] refusal = Files.readString(here.resolve("refused")).strip().split(" ", 2);
      assertThat(run.exit()).isEqualTo(Integer.parseInt(refusal[0]));
      assertThat(run.err()).contains(refusal[1]);
      return;
    }
    String text = Files.readString(recorded);
    int line = text.indexOf('\n');
    assertThat(run.exit()).as(run.err()).isEqualTo(Integer.parseInt(text.substring(0, line)));
    String expected = text.substring(line + 1);
    if (arguments.contains("--graph")) {
      assertThat(run.out()).as(run.err()).isEqualTo(expected);
    } else if (arguments.contains("--yaml")) {
      assertThat(yaml(run.out())).as(run.out()).isEqualTo(yaml(expected));
    } else {
      assertThat(pretty(run.out())).as(run.err()).isEqualTo(pretty(expected));
    }
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char character : (command + " ").toCharArray()) {
      if (character == '\'') {
        quoted = !quoted;
      } else if (character == ' ' && !quoted) {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(character);
      }
    }
    return words;
  }

  private static String pretty(String json) {
    return Json.write(unmarked(Json.read(json)), Json.Style.PLAIN.sort().indent(2));
  }

  /** Ansible marks every text that no file holds; to Hearth only a would-be template needs it. */
  private static Value unmarked(Value value) {
    return switch (value) {
      case Value.Seq list ->
          new Value.Seq(list.items().stream().map(InventoryParityTest::unmarked).toList());
      case Value.Dict mapping -> {
        if (mapping.entries().size() == 1
            && mapping.get("__ansible_unsafe") instanceof Value.Text text
            && !Values.hasDelimiters(text.value())) {
          yield text;
        }
        Map<Value, Value> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, item) -> entries.put(key, unmarked(item)));
        yield new Value.Dict(entries);
      }
      default -> value;
    };
  }

  private static Value yaml(String text) {
    return Values.of(YamlReader.read(new Source("output", text)).orElseThrow());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.forEach(
          each -> {
            try {
              Path target = to.resolve(from.relativize(each).toString());
              if (Files.isDirectory(each)) {
                Files.createDirectories(target);
                return;
              }
              Files.copy(each, target);
              boolean program = Files.readString(target).startsWith("#!");
              if (program && !target.toFile().setExecutable(true)) {
                throw new IOException("cannot make executable: " + target);
              }
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
          });
    }
  }
}
