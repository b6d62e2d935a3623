package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds the arguments of an action against what it takes. */
final class ArgumentChecks {

  private final Reading reading;

  ArgumentChecks(Reading reading) {
    this.reading = reading;
  }

  /**
   * Reports unknown, doubled, missing and impossible arguments.
   *
   * @param moduleDefaults the defaults in force, which may give what the task leaves out
   */
  void check(ActionReader.Found found, ActionSpec spec, List<Located> moduleDefaults) {
    Action action = found.action();
    Map<String, String> given = new HashMap<>();
    action
        .args()
        .forEach(
            (name, value) ->
                spec.parameter(name)
                    .ifPresentOrElse(
                        parameter -> {
                          twice(found, given.put(parameter.name(), name), name);
                          choice(parameter, name, value, action);
                        },
                        () -> {
                          if (!spec.open()) {
                            reading.report(
                                UnknownNames.parameter(
                                    name, place(found, name), action.written(), spec));
                          }
                        }));
    if (action.argsTemplate().isEmpty()) {
      missing(action, spec, given.keySet(), moduleDefaults);
    }
  }

  private static Location place(ActionReader.Found found, String name) {
    return found.names().getOrDefault(name, found.action().at());
  }

  private void twice(ActionReader.Found found, @Nullable String earlier, String name) {
    if (earlier != null) {
      reading.report(
          Diagnostic.error(
                  place(found, name),
                  "'%s' gets '%s' twice".formatted(found.action().written(), name))
              .because("'" + earlier + "' and '" + name + "' are names of the same parameter")
              .next("remove one of them"));
    }
  }

  private void choice(ActionSpec.Parameter parameter, String name, Located value, Action action) {
    String written =
        switch (value.value()) {
          case Value.Text text -> text.value();
          case Value.Int number -> number.value().toString();
          case Value.Bool bool -> bool.value() ? "yes" : "no";
          default -> "";
        };
    if (parameter.choices().isEmpty() || written.isEmpty() || fits(parameter, value, written)) {
      return;
    }
    reading.report(
        Diagnostic.error(
                value.at(),
                "'%s' is no value for '%s' of '%s'".formatted(written, name, action.written()))
            .because("it takes " + String.join(", ", parameter.choices()))
            .next(Nearest.hint(written, parameter.choices(), "use one of these")));
  }

  private static boolean fits(ActionSpec.Parameter parameter, Located value, String written) {
    if (parameter.choices().contains(written)) {
      return true;
    }
    // An unquoted yes or on arrives as a boolean; it fits when one of its spellings does.
    return value.value() instanceof Value.Bool bool
        && parameter.choices().stream()
            .anyMatch(
                (bool.value()
                        ? Set.of("yes", "true", "True", "on")
                        : Set.of("no", "false", "False", "off"))
                    ::contains);
  }

  private void missing(
      Action action, ActionSpec spec, Set<String> given, List<Located> moduleDefaults) {
    Set<String> defaulted = new HashSet<>();
    for (Located defaults : moduleDefaults) {
      if (!(defaults.value() instanceof Value.Dict dict)) {
        return;
      }
      dict.entries()
          .forEach(
              (key, value) -> {
                if (key.equals(Value.text(action.name())) && value instanceof Value.Dict args) {
                  args.entries().keySet().stream().map(Shapes::characters).forEach(defaulted::add);
                }
              });
    }
    for (ActionSpec.Parameter parameter : spec.parameters()) {
      boolean there =
          !parameter.required()
              || given.contains(parameter.name())
              || (spec.freeForm() && action.freeForm().isPresent())
              || parameter.names().anyMatch(defaulted::contains);
      if (!there) {
        reading.report(
            Diagnostic.error(
                    action.at(),
                    "'%s' needs the parameter '%s'".formatted(action.written(), parameter.name()))
                .next("add '" + parameter.name() + ": ...' below the module"));
      }
    }
  }
}
