package dev.hearth.run;

import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds single arguments against what their options say: types, elements, choices. */
final class ArgumentValues {

  private final List<String> errors;

  /**
   * @param errors takes what is wrong
   */
  ArgumentValues(List<String> errors) {
    this.errors = errors;
  }

  /** Makes an argument the type that its option asks for. */
  void convert(String name, Value option, Map<String, Value> arguments, List<String> context) {
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

  /** Holds an argument against the choices of its option. */
  void choose(String name, Value option, Map<String, Value> arguments, List<String> context) {
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

  private static String words(List<Value> values) {
    return values.stream().map(Printed::str).collect(Collectors.joining(", "));
  }

  /** One thing that an option says; nothing when it does not. */
  static Value part(Value option, String name) {
    Value found = option instanceof Value.Dict dict ? dict.get(name) : null;
    return found == null ? Value.NULL : found;
  }

  /** A type that an option names; text when it names none. */
  static String type(Value option, String name) {
    Value written = part(option, name);
    return written instanceof Value.Null ? "str" : Keywords.text(written);
  }

  /** Whether an option says so. */
  static boolean isOn(Value option, String name) {
    Value written = part(option, name);
    return !(written instanceof Value.Null) && Keywords.bool(written, Magic.place());
  }

  /** Where an error behind other options lies. */
  static String foundIn(List<String> context) {
    return context.isEmpty() ? "" : " found in " + String.join(" -> ", context);
  }
}
