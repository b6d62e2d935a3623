package dev.hearth.cli;

import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads YAML for the {@code from_yaml} filter: as data, in which nothing is a template. */
final class YamlDocuments {

  private YamlDocuments() {}

  /**
   * The documents of a text.
   *
   * @throws dev.hearth.diag.HearthException when it is not YAML
   */
  static List<Value> read(String text) {
    return YamlReader.readAll(Source.of("YAML text", text)).stream()
        .map(Values::of)
        .map(YamlDocuments::data)
        .toList();
  }

  private static Value data(Value value) {
    return switch (value) {
      case Value.Template template -> Value.text(template.source());
      case Value.Seq seq -> new Value.Seq(seq.items().stream().map(YamlDocuments::data).toList());
      case Value.Dict dict -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        dict.entries().forEach((key, item) -> entries.put(data(key), data(item)));
        yield new Value.Dict(entries);
      }
      default -> value;
    };
  }
}
