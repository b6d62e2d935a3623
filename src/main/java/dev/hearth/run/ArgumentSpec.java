package dev.hearth.run;

import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds arguments against the specification of a role's entry point, as {@code
 * validate_argument_spec} does it, with its words and in its order: what is missing, types,
 * choices, the options inside, and at last names that are none.
 */
final class ArgumentSpec {

  private final Value.Dict spec;
  private final List<String> errors = new ArrayList<>();

  /** Names that are not in the specification, with the names that would be. */
  private final Map<String, String> unsupported = new TreeMap<>();

  private ArgumentSpec(Value.Dict spec) {
    this.spec = spec;
  }

  /** What is wrong with these arguments; nothing when all is well. */
  static List<String> check(Value.Dict spec, Map<String, Value> arguments) {
    ArgumentSpec all = new ArgumentSpec(spec);
    all.check(all.spec, arguments, List.of());
    if (!all.unsupported.isEmpty()) {
      all.errors.add(
          String.join(", ", all.unsupported.keySet())
              + ". Supported parameters include: "
              + List.copyOf(all.unsupported.values()).getLast()
              + ".");
    }
    return List.copyOf(all.errors);
  }

  /** Whether an option has to be given: it is required and nothing stands in for it. */
  static boolean isNeeded(Value option) {
    return option instanceof Value.Dict
        && isOn(option, "required")
        && part(option, "default") instanceof Value.Null;
  }

  private void check(Value.Dict options, Map<String, Value> given, List<String> context) {
    Map<String, Value> arguments = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          String own = ownName(options, name);
          if (own.isEmpty()) {
            unsupported.put(path(context, name), supported(options));
          } else {
            arguments.put(own, value);
          }
        });
    List<String> missing =
        options.entries().entrySet().stream()
            .filter(option -> isNeeded(option.getValue()))
            .map(option -> Keywords.text(option.getKey()))
            .filter(name -> !arguments.containsKey(name))
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      errors.add("missing required arguments: " + String.join(", ", missing) + foundIn(context));
    }
    options
        .entries()
        .forEach((name, option) -> convert(Keywords.text(name), option, arguments, context));
    options
        .entries()
        .forEach((name, option) -> choose(Keywords.text(name), option, arguments, context));
    options
        .entries()
        .forEach((name, option) -> inside(Keywords.text(name), option, arguments, context));
  }

  private static String ownName(Value.Dict options, String written) {
    if (options.get(written) != null) {
      return written;
    }
    return options.entries().entrySet().stream()
        .filter(
            option ->
                part(option.getValue(), "aliases") instanceof Value.Seq aliases
                    && aliases.items().stream().map(Keywords::text).anyMatch(written::equals))
        .map(option -> Keywords.text(option.getKey()))
        .findFirst()
        .orElse("");
  }

  private void convert(
      String name, Value option, Map<String, Value> arguments, List<String> context) {
    Value value = arguments.get(name);
    if (value == null || (value instanceof Value.Null && !isOn(option, "required"))) {
      return;
    }
    String type = type(option, "type");
    try {
      Value converted = ArgumentType.of(type).convert(value);
      arguments.put(name, converted);
      if (part(option, "elements") instanceof Value.Text && converted instanceof Value.Seq list) {
        arguments.put(name, elements(name, type(option, "elements"), list, context));
      }
    } catch (ArgumentType.Impossible wrong) {
      errors.add(
          "argument '%s' is of type %s%s and we were unable to convert to %s: %s"
              .formatted(
                  name,
                  ArgumentType.nameOf(value),
                  context.isEmpty() ? "" : " found in '" + String.join(" -> ", context) + "'.",
                  type,
                  wrong.getMessage()));
    }
  }

  private Value elements(String name, String type, Value.Seq list, List<String> context) {
    List<Value> converted = new ArrayList<>();
    for (Value item : list.items()) {
      try {
        converted.add(ArgumentType.of(type).convert(item));
      } catch (ArgumentType.Impossible wrong) {
        errors.add(
            "Elements value for option '%s'%s is of type %s and we were unable to convert to %s: %s"
                .formatted(
                    name,
                    context.isEmpty() ? "" : " found in '" + String.join(" -> ", context) + "'",
                    ArgumentType.nameOf(item),
                    type,
                    wrong.getMessage()));
      }
    }
    return new Value.Seq(converted);
  }

  private void choose(
      String name, Value option, Map<String, Value> arguments, List<String> context) {
    Value value = arguments.get(name);
    if (value == null || !(part(option, "choices") instanceof Value.Seq choices)) {
      return;
    }
    String all = words(choices.items());
    if (value instanceof Value.Seq list) {
      List<Value> others =
          list.items().stream().filter(item -> !choices.items().contains(item)).toList();
      if (!others.isEmpty()) {
        errors.add(
            "value of %s must be one or more of: %s. Got no match for: %s"
                    .formatted(name, all, words(others))
                + foundIn(context));
      }
    } else if (!choices.items().contains(value)) {
      errors.add(
          "value of %s must be one of: %s, got: %s".formatted(name, all, Printed.str(value))
              + foundIn(context));
    }
  }

  private void inside(
      String name, Value option, Map<String, Value> arguments, List<String> context) {
    String type = type(option, "type");
    boolean mappings =
        type.equals("dict") || (type.equals("list") && type(option, "elements").equals("dict"));
    Value value = arguments.get(name);
    if (!mappings
        || !(part(option, "options") instanceof Value.Dict options)
        || value == null
        || value instanceof Value.Null) {
      return;
    }
    List<String> deeper = new ArrayList<>(context);
    deeper.add(name);
    for (Value each : value instanceof Value.Seq list ? list.items() : List.of(value)) {
      if (each instanceof Value.Dict given) {
        Map<String, Value> inner = new LinkedHashMap<>();
        given.entries().forEach((key, item) -> inner.put(Keywords.text(key), item));
        check(options, inner, deeper);
      } else {
        errors.add("value of '" + name + "' must be of type dict or list of dicts");
      }
    }
  }

  private static String path(List<String> context, String name) {
    List<String> all = new ArrayList<>(context);
    all.add(name);
    return String.join(".", all);
  }

  private static String supported(Value.Dict options) {
    List<String> aliases = new ArrayList<>();
    options
        .entries()
        .values()
        .forEach(
            option -> {
              if (part(option, "aliases") instanceof Value.Seq list) {
                list.items().forEach(alias -> aliases.add(Keywords.text(alias)));
              }
            });
    String names =
        options.entries().keySet().stream()
            .map(Keywords::text)
            .sorted()
            .collect(Collectors.joining(", "));
    return aliases.isEmpty()
        ? names
        : names + " (" + aliases.stream().sorted().collect(Collectors.joining(", ")) + ")";
  }

  private static String foundIn(List<String> context) {
    return context.isEmpty() ? "" : " found in " + String.join(" -> ", context);
  }

  private static String words(List<Value> values) {
    return values.stream().map(Printed::str).collect(Collectors.joining(", "));
  }

  private static Value part(Value option, String name) {
    Value found = option instanceof Value.Dict dict ? dict.get(name) : null;
    return found == null ? Value.NULL : found;
  }

  private static String type(Value option, String name) {
    Value written = part(option, name);
    return written instanceof Value.Null ? "str" : Keywords.text(written);
  }

  private static boolean isOn(Value option, String name) {
    Value written = part(option, name);
    return !(written instanceof Value.Null) && Keywords.bool(written, Magic.place());
  }
}
