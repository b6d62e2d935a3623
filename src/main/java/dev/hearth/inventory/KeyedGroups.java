package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of {@code keyed_groups}: groups whose names come from a host's variables.
 *
 * @param key the expression that gives the names
 * @param prefix what stands before each name
 * @param separator what stands between prefix and name, and between a mapping's key and its value
 * @param joint what stands between prefix and name when it is not the separator
 * @param parent the group around the groups, maybe a template
 * @param defaultValue the name when the key gives nothing
 * @param trailing whether the separator stays behind a key of a mapping whose value is nothing
 */
record KeyedGroups(
    Node key,
    String prefix,
    String separator,
    String joint,
    Optional<Node> parent,
    Optional<String> defaultValue,
    boolean trailing) {

  private static final List<String> OPTIONS =
      List.of("key", "prefix", "separator", "parent_group", "default_value", "trailing_separator");
  private static final Pattern UNSAFE =
      Pattern.compile("^[\\d\\W]|\\W", Pattern.UNICODE_CHARACTER_CLASS);

  /** Reads an entry. */
  static KeyedGroups of(Node entry, boolean leadingSeparator, Draft draft) {
    PluginOptions options = PluginOptions.of("an entry of 'keyed_groups'", entry);
    options.warnOfUnknown(OPTIONS, draft);
    Optional<String> defaultValue = options.text("default_value");
    Optional<Boolean> trailing = options.flag("trailing_separator");
    if (defaultValue.isPresent() && trailing.isPresent()) {
      throw Diagnostic.error(
              entry.at(), "'default_value' and 'trailing_separator' exclude each other")
          .because("both say what becomes of an empty value")
          .next("remove one of them")
          .failure();
    }
    String prefix = options.text("prefix").orElse("");
    String separator = options.text("separator").orElse("_");
    return new KeyedGroups(
        options.require("key"),
        prefix,
        separator,
        prefix.isEmpty() && !leadingSeparator ? "" : separator,
        options.get("parent_group"),
        defaultValue,
        trailing.orElse(true));
  }

  /** The name with every character replaced that a variable's name cannot have. */
  static String safe(String name) {
    return UNSAFE.matcher(name).replaceAll("_");
  }

  /** Whether a key gives no group: it is nothing or empty, but not an empty collection. */
  static boolean isNothing(Value key) {
    return !Truth.of(key) && !(key instanceof Value.Seq) && !(key instanceof Value.Dict);
  }

  /** The groups that a key's value stands for. */
  List<String> names(Value value) {
    List<String> names = new ArrayList<>();
    if (isEmpty(value) && defaultValue.isPresent()) {
      names.add(defaultValue.get());
    } else if (Truth.of(value)) {
      switch (value) {
        case Value.Textual text -> names.add(text.reveal());
        case Value.Seq list ->
            list.items().forEach(item -> names.add(isEmpty(item) ? orDefault(item) : str(item)));
        case Value.Dict mapping -> mapping.entries().entrySet().forEach(one -> names.add(of(one)));
        default ->
            throw Diagnostic.error(key.at(), "the key of 'keyed_groups' gives no name")
                .because(
                    "it gives "
                        + Printed.str(value)
                        + "; names are texts, or lists or"
                        + " mappings of them")
                .next("make it a text: ... | string")
                .failure();
      }
    }
    return names.stream().map(name -> named(safe(prefix + joint + name))).toList();
  }

  private String named(String group) {
    if (group.isEmpty()) {
      throw Diagnostic.error(key.at(), "the key of 'keyed_groups' gives an empty group name")
          .because("the value is empty, and there is neither a prefix nor a separator")
          .next("name a default_value, or a prefix")
          .failure();
    }
    return group;
  }

  private String of(Map.Entry<Value, Value> entry) {
    String name = str(entry.getKey());
    if (!isEmpty(entry.getValue())) {
      return name + separator + str(entry.getValue());
    }
    if (defaultValue.isPresent()) {
      return name + separator + defaultValue.get();
    }
    return trailing ? name + separator + str(entry.getValue()) : name;
  }

  private String orDefault(Value item) {
    return defaultValue.orElseGet(() -> str(item));
  }

  private static boolean isEmpty(Value value) {
    return value instanceof Value.Null
        || (value instanceof Value.Textual text && text.reveal().isEmpty());
  }

  private static String str(Value value) {
    return value instanceof Value.Textual text ? text.reveal() : Printed.str(value);
  }
}
