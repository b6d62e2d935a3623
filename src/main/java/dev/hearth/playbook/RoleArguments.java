package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
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
  private final Directives directives;

  RoleArguments(Reading reading, Directives directives) {
    this.reading = reading;
    this.directives = directives;
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
    if (directives.find(VALIDATE).isEmpty()) {
      reading.report(
          Diagnostic.warning(
                  spec.get().at(),
                  "the arguments of the role '" + role.name() + "' are not checked")
              .because("Hearth has no 'validate_argument_spec' yet")
              .next("check them with 'ansible.builtin.assert' in the role where it matters"));
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
    Set<String> tags = new LinkedHashSet<>(role.attributes().tags());
    tags.add("always");
    Attributes attributes = role.attributes().withTags(tags);
    String name = "Validating arguments against arg spec '" + entryPoint + "'";
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
