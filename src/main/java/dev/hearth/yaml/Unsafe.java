package dev.hearth.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** Applies {@code !unsafe} of a container to all that it holds. */
final class Unsafe {

  private Unsafe() {}

  static Node mark(Node node) {
    if (node.unsafe()) {
      return node;
    }
    return switch (node) {
      case Node.Scalar scalar ->
          new Node.Scalar(
              scalar.at(), scalar.text(), scalar.type(), scalar.textAt(), scalar.plain(), true);
      case Node.Sequence sequence ->
          new Node.Sequence(
              sequence.at(), sequence.items().stream().map(Unsafe::mark).toList(), true);
      case Node.Mapping mapping -> {
        Map<Node.Scalar, Node> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> entries.put(key, mark(value)));
        yield new Node.Mapping(mapping.at(), entries, true);
      }
    };
  }
}
