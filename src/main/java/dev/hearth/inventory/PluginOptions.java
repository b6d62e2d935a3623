package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a mapping in the configuration of an inventory plugin says.
 *
 * @param what the mapping, for a sentence
 * @param node the mapping
 */
record PluginOptions(String what, Node.Mapping node) {

  /** The options of a node that must be a mapping. */
  static PluginOptions of(String what, Node node) {
    if (node instanceof Node.Mapping mapping) {
      return new PluginOptions(what, mapping);
    }
    throw wrong(node.at(), what + " must be a mapping, not " + node.kind());
  }

  /** An option, unless it is missing or nothing. */
  Optional<Node> get(String name) {
    return node.get(name)
        .filter(value -> !(value instanceof Node.Scalar one && one.type() == Node.Type.NULL));
  }

  /** An option that this must have. */
  Node require(String name) {
    return get(name).orElseThrow(() -> wrong(node.at(), what + " has no '" + name + "'"));
  }

  /** A text; a number or the like as it is written. */
  Optional<String> text(String name) {
    return get(name)
        .map(
            value -> {
              if (value instanceof Node.Scalar scalar) {
                return scalar.text();
              }
              throw wrong(value.at(), "'" + name + "' must be a text, not " + value.kind());
            });
  }

  /** Yes or no, if it is said. */
  Optional<Boolean> flag(String name) {
    return get(name)
        .map(
            value -> {
              if (Values.of(value) instanceof Value.Bool bool) {
                return bool.value();
              }
              throw wrong(value.at(), "'" + name + "' must be true or false");
            });
  }

  /** The entries of a mapping; none when it is missing. */
  Map<Node.Scalar, Node> entries(String name) {
    return get(name).map(value -> of("'" + name + "'", value).node().entries()).orElse(Map.of());
  }

  /** The items of a list; none when it is missing. */
  List<Node> items(String name) {
    return get(name)
        .map(
            value -> {
              if (value instanceof Node.Sequence list) {
                return list.items();
              }
              throw wrong(value.at(), "'" + name + "' must be a list, not " + value.kind());
            })
        .orElse(List.of());
  }

  /** Warns of options that nobody reads, each with the nearest that somebody does. */
  void warnOfUnknown(List<String> known, Draft draft) {
    for (Node.Scalar key : node.entries().keySet()) {
      if (!known.contains(key.text())) {
        draft.warn(
            Diagnostic.warning(key.at(), what + " knows no '" + key.text() + "', it is left out")
                .because("it knows " + String.join(", ", known))
                .next(Nearest.hint(key.text(), known, "remove it")));
      }
    }
  }

  static HearthException wrong(Location at, String summary) {
    return Diagnostic.error(at, summary)
        .next(
            "correct it as the plugin's documentation shows: ansible-doc -t inventory constructed")
        .failure();
  }
}
