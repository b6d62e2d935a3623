package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every template gives what ansible-core 2.19 gave when {@code record.py} recorded it. */
class GoldenTemplateTest {

  /** Where we give a value and Ansible, for a reason of its inner types, an error. */
  private static final Map<String, Value> MORE_LENIENT =
      Map.of("{{ ('a' if f) | default('z') }}", Value.text("z"));

  private final Templar templar = Fixture.templar();

  static Stream<String> cases() {
    return read("golden.jsonl").lines();
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("cases")
  void givesWhatAnsibleGives(String line) {
    Value.Dict golden = (Value.Dict) JsonReader.read(line);
    String source = text(golden, "template");
    Value template = Fixture.template(source);
    Scope scope = Scope.of(variables(), new SearchPath(List.of(directory())));
    if (MORE_LENIENT.containsKey(source)) {
      assertThat(templar.resolve(template, scope)).isEqualTo(MORE_LENIENT.get(source));
      return;
    }
    if (Value.text("AnsibleValueOmittedError").equals(golden.get("error"))) {
      assertThat(templar.resolve(template, scope)).isEqualTo(Value.OMIT);
      return;
    }
    if (golden.get("error") != null) {
      assertThatThrownBy(() -> templar.resolve(template, scope))
          .as(source)
          .isInstanceOf(TemplateFailure.class);
      return;
    }
    Value wanted = Objects.requireNonNull(golden.get("result"), source);
    assertThat(written(templar.resolve(template, scope))).as(source).isEqualTo(written(wanted));
  }

  private static String text(Value.Dict line, String name) {
    return ((Value.Text) Objects.requireNonNull(line.get(name), name)).value();
  }

  /** A value with its types visible, keys of mappings as text. */
  private static String written(Value value) {
    return switch (value) {
      case Value.Dict dict -> {
        StringBuilder text = new StringBuilder("{");
        dict.entries()
            .forEach(
                (key, item) ->
                    text.append(dev.hearth.template.python.Printed.str(key))
                        .append(": ")
                        .append(written(item))
                        .append(", "));
        yield text.append('}').toString();
      }
      case Value.Seq seq ->
          seq.items().stream().map(GoldenTemplateTest::written).toList().toString();
      // The recording has dates as text; that they are kept is for the case dates-kept to show.
      case Value.Dated date -> Value.text(date.printed()).toString();
      default -> value.toString();
    };
  }

  private static Map<String, Value> variables() {
    Map<String, Value> variables = new HashMap<>();
    ((Value.Dict) JsonReader.read(read("vars.json")))
        .entries()
        .forEach((key, value) -> variables.put(((Value.Text) key).value(), Fixture.raw(value)));
    return variables;
  }

  /** Where the recorded lookups found their files. */
  private static Path directory() {
    try {
      URL cases = GoldenTemplateTest.class.getResource("/template/cases.txt");
      return Objects.requireNonNull(Path.of(Objects.requireNonNull(cases).toURI()).getParent());
    } catch (URISyntaxException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private static String read(String name) {
    try (InputStream stream = GoldenTemplateTest.class.getResourceAsStream("/template/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
