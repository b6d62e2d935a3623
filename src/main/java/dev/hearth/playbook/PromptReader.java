package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.util.List;
import java.util.Optional;

/** Reads one entry of {@code vars_prompt}. */
final class PromptReader {

  private static final List<String> KEYS =
      List.of(
          "name",
          "prompt",
          "private",
          "default",
          "confirm",
          "encrypt",
          "salt_size",
          "salt",
          "unsafe");

  private final Reading reading;
  private final Shapes shapes;

  PromptReader(Reading reading, Shapes shapes) {
    this.reading = reading;
    this.shapes = shapes;
  }

  Optional<VarsPrompt> read(Node.Mapping mapping) {
    for (Node.Scalar key : mapping.entries().keySet()) {
      if (!KEYS.contains(key.text())) {
        reading.report(
            Diagnostic.error(key.at(), "'vars_prompt' has no '" + key.text() + "'")
                .because("it takes " + String.join(", ", KEYS))
                .next(Nearest.hint(key.text(), KEYS, "remove it")));
      }
    }
    Optional<String> name =
        mapping.get("name").flatMap(node -> shapes.staticText(node, "'name' of a question"));
    if (mapping.get("name").isEmpty()) {
      reading.report(
          Diagnostic.error(mapping.at(), "this question does not say for which variable it is")
              .next("add 'name: <variable>'"));
    }
    return name.map(variable -> prompt(mapping, variable));
  }

  private VarsPrompt prompt(Node.Mapping mapping, String variable) {
    Located prompt =
        value(mapping, "prompt").orElse(new Located(Value.text(variable), mapping.at()));
    return new VarsPrompt(
        mapping.at(),
        variable,
        prompt,
        flag(mapping, "private", true),
        value(mapping, "default"),
        flag(mapping, "confirm", false),
        value(mapping, "encrypt"),
        value(mapping, "salt_size"),
        value(mapping, "salt"),
        flag(mapping, "unsafe", false));
  }

  private static Optional<Located> value(Node.Mapping mapping, String key) {
    return mapping.get(key).filter(node -> !Shapes.isNull(node)).map(Values::located);
  }

  private boolean flag(Node.Mapping mapping, String key, boolean otherwise) {
    return mapping
        .get(key)
        .flatMap(node -> shapes.bool(node, "'" + key + "'"))
        .map(flag -> Shapes.isTrue(flag.value()))
        .orElse(otherwise);
  }
}
