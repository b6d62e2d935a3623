package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A mapping whose values are texts, such as an entry of a requirements file. */
record Entry(Node.Mapping mapping, Consumer<Diagnostic> findings) {

  /**
   * A value.
   *
   * @param value the text
   * @param at where it stands
   */
  record Text(String value, Location at) {}

  /** Reports every key that means nothing. */
  void expect(String what, List<String> keys) {
    for (Node.Scalar key : mapping.entries().keySet()) {
      if (!keys.contains(key.text())) {
        findings.accept(
            Diagnostic.warning(key.at(), "'" + key.text() + "' has no effect on " + what)
                .because("it takes " + String.join(", ", keys))
                .next(Nearest.hint(key.text(), keys, "remove it")));
      }
    }
  }

  /** The text under a key; a number or another scalar is what was written. */
  Optional<Text> text(String key) {
    Optional<Node> value = mapping.get(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Node.Scalar scalar) {
      return scalar.type() == Node.Type.NULL || scalar.text().isBlank()
          ? Optional.empty()
          : Optional.of(new Text(scalar.text().strip(), scalar.textAt()));
    }
    findings.accept(
        Diagnostic.error(
                value.get().at(), "'" + key + "' has to be a text, not " + value.get().kind())
            .next("write it on one line"));
    return Optional.empty();
  }
}
