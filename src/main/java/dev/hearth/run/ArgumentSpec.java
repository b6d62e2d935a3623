package dev.hearth.run;

import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds arguments against the specification of a role's entry point, as {@code
 * validate_argument_spec} does it, with its words and in its order: what excludes each other, what
 * is missing, types, choices, what belongs together, the options inside, and at last names that are
 * none.
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
    all.check(all.spec, Value.Dict.EMPTY, arguments, List.of());
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

  /**
   * Checks one level.
   *
   * @param around the option that these options are inside of, which says how they belong together
   */
  private void check(
      Value.Dict options, Value.Dict around, Map<String, Value> given, List<String> context) {
    options.entries().entrySet().stream()
        .filter(option -> isOn(option.getValue(), "required"))
        .filter(option -> !(part(option.getValue(), "default") instanceof Value.Null))
        .findFirst()
        .ifPresent(
            option ->
                errors.add(
                    "internal error: required and default are mutually exclusive for "
                        + Keywords.text(option.getKey())));
    Map<String, Value> arguments = named(options, given, context);
    options.entries().entrySet().stream()
        .flatMap(option -> unfit(Keywords.text(option.getKey()), option.getValue(), arguments))
        .findFirst()
        .ifPresent(errors::add);
    ArgumentRelations relations = new ArgumentRelations(around, arguments);
    note(relations.exclusive(), context);
    addDefaults(options, arguments, false);
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
    note(relations.together(), context);
    note(relations.oneOf(), context);
    note(relations.conditional(), context);
    note(relations.needed(), context);
    addDefaults(options, arguments, true);
    options
        .entries()
        .forEach((name, option) -> inside(Keywords.text(name), option, arguments, context));
  }

  /** The arguments under the names of their options; names that are none are noted. */
  private Map<String, Value> named(
      Value.Dict options, Map<String, Value> given, List<String> context) {
    Map<String, Value> arguments = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          String own = ownName(options, name);
          if (own.isEmpty()) {
            unsupported.put(path(context, name), supported(options));
          }
          arguments.put(own.isEmpty() ? name : own, value);
        });
    return arguments;
  }

  /**
   * Adds what stands in for arguments that are not given.
   *
   * @param nothing whether nothing at all is an argument too
   */
  private static void addDefaults(
      Value.Dict options, Map<String, Value> arguments, boolean nothing) {
    options
        .entries()
        .forEach(
            (name, option) -> {
              Value otherwise = part(option, "default");
              if (nothing || !(otherwise instanceof Value.Null)) {
                arguments.putIfAbsent(Keywords.text(name), otherwise);
              }
            });
  }

  private void note(Optional<String> error, List<String> context) {
    error.ifPresent(text -> errors.add(text + foundIn(context)));
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
    if (value == null
        || (value instanceof Value.Null
            && !isOn(option, "required")
            && part(option, "default") instanceof Value.Null)) {
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
    if (!arguments.containsKey(name) || !(part(option, "choices") instanceof Value.Seq choices)) {
      return;
    }
    Value value = meant(arguments.getOrDefault(name, Value.NULL), choices);
    arguments.put(name, value);
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

  /** YAML makes a boolean of a choice such as {@code no}; the only choice of that kind is meant. */
  private static Value meant(Value value, Value.Seq choices) {
    if (choices.items().contains(value)
        || !(value instanceof Value.Textual text)
        || !Set.of("True", "False").contains(text.reveal())) {
      return value;
    }
    List<Value> alike =
        choices.items().stream()
            .filter(choice -> ArgumentType.means(text.reveal().equals("True"), choice))
            .toList();
    return alike.size() == 1 ? alike.getFirst() : value;
  }

  private void inside(
      String name, Value option, Map<String, Value> arguments, List<String> context) {
    if (!isDeep(option) || !(part(option, "options") instanceof Value.Dict options)) {
      return;
    }
    Value value = arguments.getOrDefault(name, Value.NULL);
    if (value instanceof Value.Null) {
      if (!isOn(option, "apply_defaults")) {
        return;
      }
      value = Value.Dict.EMPTY;
    }
    List<String> deeper = new ArrayList<>(context);
    deeper.add(name);
    for (Value each : value instanceof Value.Seq list ? list.items() : List.of(value)) {
      if (each instanceof Value.Dict given) {
        Map<String, Value> inner = new LinkedHashMap<>();
        given.entries().forEach((key, item) -> inner.put(Keywords.text(key), item));
        check(options, (Value.Dict) option, inner, deeper);
      } else {
        errors.add("value of '" + name + "' must be of type dict or list of dicts");
      }
    }
  }

  /** What is found first of all: options inside an argument that cannot have any. */
  private static Stream<String> unfit(String name, Value option, Map<String, Value> arguments) {
    Value value = arguments.getOrDefault(name, Value.NULL);
    if (!isDeep(option) || part(option, "options") instanceof Value.Null) {
      return Stream.empty();
    }
    List<Value> all = value instanceof Value.Seq list ? list.items() : List.of(value);
    return all.stream()
        .filter(Value.Textual.class::isInstance)
        .flatMap(
            text -> {
              try {
                ArgumentType.DICT.convert(text);
                return Stream.empty();
              } catch (ArgumentType.Impossible wrong) {
                return Stream.of(String.valueOf(wrong.getMessage()));
              }
            });
  }

  /** Whether the values of an option are mappings, which may have options of their own. */
  private static boolean isDeep(Value option) {
    String type = type(option, "type");
    return type.equals("dict") || (type.equals("list") && type(option, "elements").equals("dict"));
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
