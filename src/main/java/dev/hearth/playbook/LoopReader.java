package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code loop}, {@code with_*} and {@code loop_control}. */
final class LoopReader {

  static final String WITH = "with_";

  private static final List<String> CONTROLS =
      List.of(
          "loop_var", "index_var", "label", "pause", "extended", "extended_allitems", "break_when");

  private final Reading reading;
  private final Shapes shapes;

  LoopReader(Reading reading, Shapes shapes) {
    this.reading = reading;
    this.shapes = shapes;
  }

  /** The loop of a task, if it has one. */
  Optional<Loop> read(Node.Mapping task) {
    List<Map.Entry<Node.Scalar, Node>> loops =
        task.entries().entrySet().stream()
            .filter(
                entry -> {
                  String key = entry.getKey().text();
                  return key.equals("loop") || key.startsWith(WITH);
                })
            .toList();
    Optional<Node> control = task.get("loop_control");
    if (loops.isEmpty()) {
      control.ifPresent(
          node ->
              reading.report(
                  Diagnostic.error(node.at(), "'loop_control' without a loop")
                      .next("add 'loop', or remove 'loop_control'")));
      return Optional.empty();
    }
    if (loops.size() > 1) {
      reading.report(
          Diagnostic.error(
                  loops.get(1).getKey().at(),
                  "a task has one loop, this one has '%s' and '%s'"
                      .formatted(loops.get(0).getKey().text(), loops.get(1).getKey().text()))
              .next("loop over a combined list, or move the task into an include_tasks loop"));
      return Optional.empty();
    }
    return items(loops.getFirst()).map(located -> loop(loops.getFirst(), located, control));
  }

  private Optional<Located> items(Map.Entry<Node.Scalar, Node> entry) {
    Node node = entry.getValue();
    boolean isLoop = entry.getKey().text().equals("loop");
    boolean fits =
        node instanceof Node.Sequence
            || Values.of(node) instanceof Value.Template
            || (!isLoop && !Shapes.isNull(node));
    if (fits) {
      return Optional.of(Values.located(node));
    }
    reading.report(
        Diagnostic.error(
                node.at(),
                "'%s' has to be a list, not %s".formatted(entry.getKey().text(), node.kind()))
            .because(
                node instanceof Node.Mapping
                    ? "a mapping has no order to loop over"
                    : "a name alone is a text, not the variable of that name")
            .next(
                node instanceof Node.Mapping
                    ? "loop over \"{{ {...} | dict2items }}\""
                    : "write \"{{ name }}\" for a variable, or a list with '- ' entries"));
    return Optional.empty();
  }

  private Loop loop(Map.Entry<Node.Scalar, Node> entry, Located items, Optional<Node> controlNode) {
    String key = entry.getKey().text();
    Optional<Node.Mapping> control =
        controlNode.flatMap(
            node -> shapes.mapping(node, "'loop_control'", "write for instance 'label: ...'"));
    control.ifPresent(this::checkControls);
    return new Loop(
        key.equals("loop") ? Loop.Kind.LOOP : Loop.Kind.WITH,
        key.equals("loop") ? "" : key.substring(WITH.length()),
        items,
        variable(control, "loop_var").orElse("item"),
        variable(control, "index_var"),
        value(control, "label"),
        control
            .flatMap(mapping -> mapping.get("pause"))
            .flatMap(node -> shapes.number(node, "'pause'")),
        control
            .flatMap(mapping -> mapping.get("extended"))
            .flatMap(node -> shapes.bool(node, "'extended'")),
        control
            .flatMap(mapping -> mapping.get("extended_allitems"))
            .flatMap(node -> shapes.bool(node, "'extended_allitems'")),
        control
            .flatMap(mapping -> mapping.get("break_when"))
            .map(node -> shapes.conditions(node, "'break_when'"))
            .orElse(List.of()));
  }

  private void checkControls(Node.Mapping control) {
    for (Node.Scalar key : control.entries().keySet()) {
      if (!CONTROLS.contains(key.text())) {
        reading.report(
            Diagnostic.error(key.at(), "'loop_control' has no '" + key.text() + "'")
                .because("it takes " + String.join(", ", CONTROLS))
                .next(Nearest.hint(key.text(), CONTROLS, "remove it")));
      }
    }
  }

  private Optional<String> variable(Optional<Node.Mapping> control, String key) {
    Optional<Node> node = control.flatMap(mapping -> mapping.get(key));
    Optional<String> name = node.flatMap(each -> shapes.staticText(each, "'" + key + "'"));
    if (name.isPresent() && !VariableNames.isValid(name.get())) {
      reading.report(
          Diagnostic.error(
                  node.orElseThrow().at(), "'" + name.get() + "' is not a valid variable name")
              .because("a name has letters, digits and underscores, and is no word of expressions")
              .next("choose another name"));
      return Optional.empty();
    }
    return name;
  }

  private static Optional<Located> value(Optional<Node.Mapping> control, String key) {
    return control.flatMap(mapping -> mapping.get(key)).map(Values::located);
  }
}
