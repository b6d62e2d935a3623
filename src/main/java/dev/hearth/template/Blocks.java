package dev.hearth.template;

import dev.hearth.template.syntax.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The named blocks of a template and of those that extend it, the most derived first. */
final class Blocks {

  /** One definition of a block and the text it is written in. */
  record Definition(Node.Block block, Locator locator) {}

  private final Map<String, List<Definition>> definitions = new HashMap<>();

  /** Adds all blocks of a template, behind those of the templates that extend it. */
  void register(List<Node> body, Locator locator) {
    for (Node node : body) {
      switch (node) {
        case Node.Block block -> {
          definitions
              .computeIfAbsent(block.name(), name -> new ArrayList<>())
              .add(new Definition(block, locator));
          register(block.body(), locator);
        }
        case Node.If conditional -> {
          conditional.branches().forEach(branch -> register(branch.body(), locator));
          register(conditional.otherwise(), locator);
        }
        case Node.For loop -> register(loop.body(), locator);
        case Node.With with -> register(with.body(), locator);
        case Node.FilterBlock filter -> register(filter.body(), locator);
        default -> {}
      }
    }
  }

  /** All definitions of a block, the one to use first. */
  List<Definition> of(String name) {
    return definitions.getOrDefault(name, List.of());
  }
}
