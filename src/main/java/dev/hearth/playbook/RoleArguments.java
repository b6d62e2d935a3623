package dev.hearth.playbook;

import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the first task of a role that declares its arguments ({@code meta/argument_specs}): it
 * checks the variables that the role is given, as Ansible does, and runs under all tags.
 */
final class RoleArguments {

  private static final String VALIDATE = "ansible.builtin.validate_argument_spec";

  private final Reading reading;

  RoleArguments(Reading reading) {
    this.reading = reading;
  }

  /** The task that checks the arguments of one entry point, such as {@code main}. */
  Optional<Entry> validation(RoleInstance role, String entryPoint, Context context) {
    Optional<Node.Mapping> specs =
        file(role.path())
            .flatMap(reading::document)
            .or(() -> RoleFinder.part(role.path(), "meta", "main").flatMap(reading::document))
            .flatMap(RoleArguments::mapping)
            .flatMap(document -> document.get("argument_specs"))
            .flatMap(RoleArguments::mapping);
    Optional<Node.Mapping> spec =
        specs.flatMap(mapping -> mapping.get(entryPoint)).flatMap(RoleArguments::mapping);
    if (spec.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(task(role, entryPoint, spec.get(), context));
  }

  private static Optional<Path> file(Path role) {
    return RoleFinder.part(role, "meta", "argument_specs");
  }

  private static Optional<Node.Mapping> mapping(Node node) {
    return node instanceof Node.Mapping mapping ? Optional.of(mapping) : Optional.empty();
  }

  private static Task task(
      RoleInstance role, String entryPoint, Node.Mapping spec, Context context) {
    Located options =
        spec.get("options").map(Values::located).orElse(new Located(Value.Dict.EMPTY, spec.at()));
    Map<String, Located> args = new LinkedHashMap<>();
    args.put("argument_spec", options);
    Map<String, Value> provided = new LinkedHashMap<>();
    role.params().forEach((name, value) -> provided.put(name, value.value()));
    args.put("provided_arguments", new Located(Value.Dict.ofTexts(provided), spec.at()));
    args.put(
        "validate_args_context",
        new Located(
            Value.Dict.ofTexts(
                Map.of(
                    "type",
                    Value.text("role"),
                    "name",
                    Value.text(role.name()),
                    "argument_spec_name",
                    Value.text(entryPoint),
                    "path",
                    Value.text(role.path().toString()))),
            spec.at()));
    Set<String> tags = new LinkedHashSet<>(role.attributes().tags());
    tags.add("always");
    Attributes attributes = role.attributes().withTags(tags);
    String about =
        spec.get("short_description")
            .map(node -> " - " + Shapes.characters(Values.of(node)))
            .orElse("");
    String name = "Validating arguments against arg spec '" + entryPoint + "'" + about;
    return new Task(
        spec.at(),
        Optional.of(new Located(Value.text(name), spec.at())),
        new Action(VALIDATE, VALIDATE, args, Optional.empty(), Optional.empty(), spec.at()),
        attributes,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Attributes.NONE,
        context);
  }
}
