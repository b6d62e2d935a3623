package dev.hearth.run;

import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the options inside an option of an argument specification belong together, with the words of
 * {@code validate_argument_spec}. Of each kind the first offence is told.
 */
final class ArgumentRelations {

  private final Value.Dict option;
  private final Map<String, Value> arguments;

  /**
   * @param option what says which options belong together
   * @param arguments what is given so far, which is looked at when a question is asked
   */
  ArgumentRelations(Value.Dict option, Map<String, Value> arguments) {
    this.option = option;
    this.arguments = arguments;
  }

  /** {@code mutually_exclusive}: all groups of which more than one is given. */
  Optional<String> exclusive() {
    String wrong =
        items("mutually_exclusive").stream()
            .map(ArgumentRelations::names)
            .filter(group -> group.stream().filter(arguments::containsKey).count() > 1)
            .map(group -> String.join("|", group))
            .collect(Collectors.joining(", "));
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of("parameters are mutually exclusive: " + wrong);
  }

  /** {@code required_together}. */
  Optional<String> together() {
    return items("required_together").stream()
        .map(ArgumentRelations::names)
        .filter(
            group ->
                group.stream().anyMatch(arguments::containsKey)
                    && !group.stream().allMatch(arguments::containsKey))
        .findFirst()
        .map(group -> "parameters are required together: " + String.join(", ", group));
  }

  /** {@code required_one_of}. */
  Optional<String> oneOf() {
    return items("required_one_of").stream()
        .map(ArgumentRelations::names)
        .filter(group -> group.stream().noneMatch(arguments::containsKey))
        .findFirst()
        .map(group -> "one of the following is required: " + String.join(", ", group));
  }

  /** {@code required_if}: a name, a value, what is needed then, and whether one of it is enough. */
  Optional<String> conditional() {
    for (Value each : items("required_if")) {
      if (each instanceof Value.Seq rule && rule.items().size() >= 3) {
        Optional<String> wrong = conditional(rule.items());
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> conditional(List<Value> rule) {
    String name = Keywords.text(rule.get(0));
    Value given = arguments.get(name);
    boolean any = rule.size() > 3 && rule.get(3).equals(Value.Bool.TRUE);
    List<String> wanted = names(rule.get(2));
    List<String> missing = wanted.stream().filter(each -> !arguments.containsKey(each)).toList();
    if (given == null
        || !given.equals(rule.get(1))
        || missing.isEmpty()
        || (any && missing.size() < wanted.size())) {
      return Optional.empty();
    }
    return Optional.of(
        name
            + " is "
            + Printed.str(rule.get(1))
            + " but "
            + (any ? "any" : "all")
            + " of the following are missing: "
            + String.join(", ", missing));
  }

  /** {@code required_by}: what each name needs. */
  Optional<String> needed() {
    if (!(option.get("required_by") instanceof Value.Dict rules)) {
      return Optional.empty();
    }
    return rules.entries().entrySet().stream()
        .filter(rule -> isGiven(Keywords.text(rule.getKey())))
        .map(
            rule ->
                Map.entry(
                    Keywords.text(rule.getKey()),
                    names(rule.getValue()).stream()
                        .filter(name -> !isGiven(name))
                        .collect(Collectors.joining(", "))))
        .filter(rule -> !rule.getValue().isEmpty())
        .findFirst()
        .map(
            rule -> "missing parameter(s) required by '" + rule.getKey() + "': " + rule.getValue());
  }

  private boolean isGiven(String name) {
    Value given = arguments.get(name);
    return given != null && !(given instanceof Value.Null);
  }

  private List<Value> items(String name) {
    return option.get(name) instanceof Value.Seq list ? list.items() : List.of();
  }

  private static List<String> names(Value group) {
    return group instanceof Value.Seq list
        ? list.items().stream().map(Keywords::text).toList()
        : List.of(Keywords.text(group));
  }
}
