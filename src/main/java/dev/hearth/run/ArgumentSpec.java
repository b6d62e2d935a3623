package dev.hearth.run;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final ArgumentValues values = new ArgumentValues(errors);

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
        && ArgumentValues.isOn(option, "required")
        && ArgumentValues.part(option, "default") instanceof Value.Null;
  }

  /**
   * Checks one level.
   *
   * @param around the option that these options are inside of, which says how they belong together
   */
  private void check(
      Value.Dict options, Value.Dict around, Map<String, Value> given, List<String> context) {
    options.entries().entrySet().stream()
        .filter(option -> ArgumentValues.isOn(option.getValue(), "required"))
        .filter(
            option -> !(ArgumentValues.part(option.getValue(), "default") instanceof Value.Null))
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
      errors.add(
          "missing required arguments: "
              + String.join(", ", missing)
              + ArgumentValues.foundIn(context));
    }
    options
        .entries()
        .forEach((name, option) -> values.convert(Keywords.text(name), option, arguments, context));
    options
        .entries()
        .forEach((name, option) -> values.choose(Keywords.text(name), option, arguments, context));
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
              Value otherwise = ArgumentValues.part(option, "default");
              if (nothing || !(otherwise instanceof Value.Null)) {
                arguments.putIfAbsent(Keywords.text(name), otherwise);
              }
            });
  }

  private void note(Optional<String> error, List<String> context) {
    error.ifPresent(text -> errors.add(text + ArgumentValues.foundIn(context)));
  }

  private static String ownName(Value.Dict options, String written) {
    if (options.get(written) != null) {
      return written;
    }
    return options.entries().entrySet().stream()
        .filter(
            option ->
                ArgumentValues.part(option.getValue(), "aliases") instanceof Value.Seq aliases
                    && aliases.items().stream().map(Keywords::text).anyMatch(written::equals))
        .map(option -> Keywords.text(option.getKey()))
        .findFirst()
        .orElse("");
  }

  private void inside(
      String name, Value option, Map<String, Value> arguments, List<String> context) {
    if (!isDeep(option)
        || !(ArgumentValues.part(option, "options") instanceof Value.Dict options)) {
      return;
    }
    Value value = arguments.getOrDefault(name, Value.NULL);
    if (value instanceof Value.Null) {
      if (!ArgumentValues.isOn(option, "apply_defaults")) {
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
    if (!isDeep(option) || ArgumentValues.part(option, "options") instanceof Value.Null) {
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
    String type = ArgumentValues.type(option, "type");
    return type.equals("dict")
        || (type.equals("list") && ArgumentValues.type(option, "elements").equals("dict"));
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
              if (ArgumentValues.part(option, "aliases") instanceof Value.Seq list) {
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
}
