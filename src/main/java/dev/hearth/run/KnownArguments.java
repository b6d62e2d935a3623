package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a role's arguments against its specification as far as they are known before the run. */
final class KnownArguments {

  private KnownArguments() {}

  /** What a {@code validate_argument_spec} that certainly runs will certainly find. */
  static List<Diagnostic> check(Task task, Definitions definitions) {
    Located written = task.action().args().get("argument_spec");
    if (written == null || !(written.value() instanceof Value.Dict spec)) {
      return List.of();
    }
    Value.Dict provided =
        Optional.ofNullable(task.action().args().get("provided_arguments"))
            .map(Located::value)
            .filter(Value.Dict.class::isInstance)
            .map(Value.Dict.class::cast)
            .orElse(Value.Dict.EMPTY);
    List<Diagnostic> found = new ArrayList<>();
    spec.entries()
        .forEach(
            (key, option) -> {
              String name = Keywords.text(key);
              if (provided.get(name) != null) {
                return;
              }
              if (!definitions.knows(name)) {
                if (ArgumentSpec.isNeeded(option)) {
                  found.add(missing(task, written, name));
                }
                return;
              }
              definitions
                  .only(name)
                  .filter(known -> isPlain(known.value()))
                  .ifPresent(known -> found.addAll(wrong(task, name, option, known)));
            });
    return found;
  }

  private static Diagnostic missing(Task task, Located spec, String name) {
    return Diagnostic.error(spec.at(), "the role" + role(task) + " needs '" + name + "'")
        .because("its argument specification requires it, and nothing in this run defines it")
        .next("give it where the role is used, below 'vars:'");
  }

  private static List<Diagnostic> wrong(Task task, String name, Value option, Located known) {
    Value.Dict only = Value.Dict.ofTexts(Map.of(name, option));
    Map<String, Value> given = new LinkedHashMap<>();
    given.put(name, known.value());
    return ArgumentSpec.check(only, given).stream()
        .map(
            error ->
                Diagnostic.error(known.at(), error)
                    .because("the role" + role(task) + " specifies its arguments")
                    .next("correct the value"))
        .toList();
  }

  private static String role(Task task) {
    return task.context().role().map(role -> " '" + role.name() + "'").orElse("");
  }

  /** Whether a value is what it will be in the run. */
  private static boolean isPlain(Value value) {
    return switch (value) {
      case Value.Template template -> false;
      case Value.Vaulted hidden -> false;
      case Value.Secret secret -> false;
      case Value.Seq list -> list.items().stream().allMatch(KnownArguments::isPlain);
      case Value.Dict mapping ->
          mapping.entries().values().stream().allMatch(KnownArguments::isPlain);
      default -> true;
    };
  }
}
