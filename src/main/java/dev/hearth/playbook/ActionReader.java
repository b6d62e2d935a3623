package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a task does: the module's name in its different spellings and its arguments, written
 * as a mapping, as {@code key=value}, as free text, and in {@code args}.
 */
final class ActionReader {

  /** Actions whose free text is a command line: only these keys are taken out of it. */
  private static final Set<String> COMMAND_LINES =
      Set.of(
          "ansible.builtin.command",
          "ansible.builtin.shell",
          "ansible.builtin.raw",
          "ansible.builtin.script");

  private static final Set<String> COMMAND_LINE_KEYS =
      Set.of(
          "creates",
          "removes",
          "chdir",
          "executable",
          "warn",
          "stdin",
          "stdin_add_newline",
          "strip_empty_ends");

  private final Reading reading;
  private final Shapes shapes;
  private final Directives directives;

  ActionReader(Reading reading, Shapes shapes, Directives directives) {
    this.reading = reading;
    this.shapes = shapes;
    this.directives = directives;
  }

  /**
   * What a task's mapping does.
   *
   * @param candidate the one key that is neither keyword nor loop and its value
   * @param args the {@code args} keyword
   */
  Optional<Found> read(
      Map.Entry<Node.Scalar, Node> candidate, Optional<Node> args, List<String> collections) {
    Node.Scalar name = candidate.getKey();
    Directives.Resolved resolved =
        directives.resolve(name.text(), name.at(), collections).orElseThrow();
    return assemble(name.text(), name.at(), resolved, Optional.of(candidate.getValue()), args);
  }

  /** The action of {@code action} or {@code local_action}. */
  Optional<Found> readIndirect(
      Node.Scalar keyword, Node value, Optional<Node> args, List<String> collections) {
    return switch (value) {
      case Node.Mapping mapping -> indirectMapping(keyword, mapping, args, collections);
      case Node.Scalar scalar when scalar.type() == Node.Type.TEXT ->
          indirectText(keyword, scalar, args, collections);
      default -> {
        reading.report(
            Diagnostic.error(
                    value.at(),
                    "'" + keyword.text() + "' names a module, it cannot be " + value.kind())
                .next("write the module's name as the key of the task itself"));
        yield Optional.empty();
      }
    };
  }

  private Optional<Found> indirectText(
      Node.Scalar keyword, Node.Scalar scalar, Optional<Node> args, List<String> collections) {
    String text = scalar.text();
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    String name = text.substring(0, end);
    String rest = text.substring(end);
    int skipped = rest.length() - rest.stripLeading().length();
    Node.Scalar remainder =
        new Node.Scalar(
            scalar.at(),
            rest.stripLeading(),
            Node.Type.TEXT,
            scalar.textAt().plus(0, end + skipped),
            scalar.plain(),
            scalar.unsafe());
    Optional<Node> value = rest.isBlank() ? Optional.empty() : Optional.of(remainder);
    return indirect(keyword, name, scalar.textAt(), value, args, collections);
  }

  private Optional<Found> indirectMapping(
      Node.Scalar keyword, Node.Mapping mapping, Optional<Node> args, List<String> collections) {
    Optional<Node> module = mapping.get("module");
    if (module.isEmpty()) {
      reading.report(
          Diagnostic.error(mapping.at(), "'" + keyword.text() + "' does not say which module")
              .next("add 'module: <name>', or write the module as the key of the task itself"));
      return Optional.empty();
    }
    Optional<String> name = shapes.staticText(module.get(), "a module's name");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Map<Node.Scalar, Node> rest = new LinkedHashMap<>(mapping.entries());
    rest.keySet().removeIf(key -> key.text().equals("module"));
    Node.Mapping arguments = new Node.Mapping(mapping.at(), rest, mapping.unsafe());
    return indirect(
        keyword, name.get(), module.get().at(), Optional.of(arguments), args, collections);
  }

  private Optional<Found> indirect(
      Node.Scalar keyword,
      String name,
      Location at,
      Optional<Node> value,
      Optional<Node> args,
      List<String> collections) {
    if (Values.hasDelimiters(name)) {
      reading.report(
          Diagnostic.error(at, "the module's name in '" + keyword.text() + "' cannot be a template")
              .because("all arguments are checked before the run, so the module has to be known")
              .next("write one task for each module and choose with 'when'"));
      return Optional.empty();
    }
    Optional<Directives.Resolved> resolved = directives.resolve(name, at, collections);
    if (resolved.isEmpty()) {
      reading.report(UnknownNames.action(name, at, directives, collections));
      return Optional.empty();
    }
    return assemble(name, at, resolved.get(), value, args);
  }

  /**
   * An action and where its arguments are named.
   *
   * @param names the places of the argument names
   * @param spec what it may be told
   */
  record Found(Action action, Map<String, Location> names, ActionSpec spec) {}

  private Optional<Found> assemble(
      String written,
      Location at,
      Directives.Resolved resolved,
      Optional<Node> value,
      Optional<Node> args) {
    ActionSpec spec = resolved.spec();
    Draft draft = new Draft();
    args.ifPresent(node -> addArgs(node, draft));
    boolean good = true;
    if (value.isPresent() && !Shapes.isNull(value.get())) {
      good = addValue(written, spec, value.get(), draft);
    }
    Action action =
        new Action(
            written,
            spec.fullName(),
            draft.args,
            Optional.ofNullable(draft.freeForm),
            Optional.ofNullable(draft.template),
            at,
            resolved.python());
    return good ? Optional.of(new Found(action, draft.names, spec)) : Optional.empty();
  }

  private static final class Draft {
    private final Map<String, Located> args = new LinkedHashMap<>();
    private final Map<String, Location> names = new LinkedHashMap<>();
    private @Nullable Located freeForm;
    private @Nullable Located template;
  }

  private void addArgs(Node node, Draft draft) {
    if (Shapes.isNull(node)) {
      return;
    }
    Value value = Values.of(node);
    if (value instanceof Value.Template) {
      draft.template = Values.located(node);
      return;
    }
    shapes
        .mapping(node, "'args'", "write one 'name: value' line for each argument")
        .ifPresent(mapping -> addMapping(mapping, draft));
  }

  private static void addMapping(Node.Mapping mapping, Draft draft) {
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              draft.args.put(key.text(), Values.located(value));
              draft.names.put(key.text(), key.at());
            });
  }

  private boolean addValue(String written, ActionSpec spec, Node value, Draft draft) {
    return switch (value) {
      case Node.Mapping mapping -> {
        addMapping(mapping, draft);
        yield true;
      }
      case Node.Scalar scalar when spec.freeForm() || scalar.type() == Node.Type.TEXT ->
          addText(written, spec, scalar, draft);
      default -> {
        reading.report(
            Diagnostic.error(
                    value.at(),
                    "the arguments of '%s' have to be a mapping, not %s"
                        .formatted(written, value.kind()))
                .next("write one 'name: value' line for each argument, indented below the module"));
        yield false;
      }
    };
  }

  private boolean addText(String written, ActionSpec spec, Node.Scalar scalar, Draft draft) {
    Located whole = Values.located(scalar);
    boolean commandLine = COMMAND_LINES.contains(spec.fullName());
    if (scalar.type() != Node.Type.TEXT || (spec.freeForm() && scalar.unsafe())) {
      draft.freeForm = whole;
      return true;
    }
    if (!commandLine && !spec.freeForm() && isOneTemplate(scalar.text())) {
      draft.template = whole;
      return true;
    }
    KeyValues text = new KeyValues(scalar.text(), scalar.textAt(), scalar.at().source().secret());
    List<KeyValues.Piece> pieces;
    try {
      pieces = text.pieces();
    } catch (HearthException unbalanced) {
      unbalanced.diagnostics().forEach(reading::report);
      return false;
    }
    List<KeyValues.Piece> pairs =
        pieces.stream()
            .filter(piece -> piece.key().isPresent())
            .filter(piece -> !commandLine || COMMAND_LINE_KEYS.contains(piece.key().orElseThrow()))
            .toList();
    for (KeyValues.Piece pair : pairs) {
      draft.args.put(pair.key().orElseThrow(), text.located(pair));
      draft.names.put(pair.key().orElseThrow(), text.place(pair.start()));
    }
    String rest = text.without(pairs);
    if (rest.isBlank()) {
      return true;
    }
    if (!spec.freeForm()) {
      reading.report(notAPair(written, spec, pieces, text));
      return false;
    }
    // A shell may need the end of its last line; names of files and of meta actions have none.
    draft.freeForm =
        freeForm(commandLine ? rest : rest.stripTrailing(), scalar, text, pieces, pairs);
    return true;
  }

  /** It begins where the text does, but behind pairs that come first. */
  private static Located freeForm(
      String rest,
      Node.Scalar scalar,
      KeyValues text,
      List<KeyValues.Piece> pieces,
      List<KeyValues.Piece> pairs) {
    int first = 0;
    String kept = rest;
    if (pairs.contains(pieces.getFirst())) {
      kept = rest.stripLeading();
      first =
          pieces.stream()
              .filter(piece -> !pairs.contains(piece))
              .mapToInt(KeyValues.Piece::start)
              .findFirst()
              .orElse(0);
    }
    Location place = text.place(first);
    return new Located(Values.written(kept, place, scalar.at().source().secret()), place);
  }

  private static boolean isOneTemplate(String text) {
    String stripped = text.strip();
    return stripped.startsWith("{{") && stripped.indexOf("}}") == stripped.length() - 2;
  }

  private static Diagnostic notAPair(
      String written, ActionSpec spec, List<KeyValues.Piece> pieces, KeyValues text) {
    KeyValues.Piece wrong =
        pieces.stream().filter(piece -> piece.key().isEmpty()).findFirst().orElseThrow();
    String names =
        String.join(", ", spec.parameters().stream().map(ActionSpec.Parameter::name).toList());
    return Diagnostic.error(
            text.place(wrong.start()),
            "'%s' takes arguments of the form key=value only".formatted(written))
        .because(names.isEmpty() ? "it has no free text" : "it has no free text; it takes " + names)
        .next("put a value with blanks into quotes, or write 'name: value' lines below the module");
  }
}
