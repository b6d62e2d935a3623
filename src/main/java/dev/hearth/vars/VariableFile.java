package dev.hearth.vars;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A YAML or JSON text that is a mapping of variables. */
final class VariableFile {

  private VariableFile() {}

  /**
   * The variables of a source; none when it holds nothing.
   *
   * @throws dev.hearth.diag.HearthException if it is no mapping
   */
  static Map<String, Located> read(Source source) {
    Optional<Node> document = YamlReader.read(source);
    if (document.isEmpty()
        || (document.get() instanceof Node.Scalar scalar && scalar.type() == Node.Type.NULL)) {
      return Map.of();
    }
    if (!(document.get() instanceof Node.Mapping mapping)) {
      Node other = document.get();
      throw Diagnostic.error(
              other.at(), "variables must be written as a mapping, not as " + other.kind())
          .because("every variable needs a name")
          .next("write name: value, one variable on a line")
          .failure();
    }
    Map<String, Located> variables = new LinkedHashMap<>();
    mapping.entries().forEach((name, value) -> variables.put(name.text(), Values.located(value)));
    return Collections.unmodifiableMap(variables);
  }
}
