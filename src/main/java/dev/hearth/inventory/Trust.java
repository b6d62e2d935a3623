package dev.hearth.inventory;

import dev.hearth.diag.Location;
import dev.hearth.value.Value;
import dev.hearth.yaml.Values;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns what a source of the user's own says into values: text with template delimiters becomes a
 * template, text of an encrypted source a secret.
 */
final class Trust {

  private static final String UNSAFE = "__ansible_unsafe";
  private static final String VAULTED = "__ansible_vault";

  private Trust() {}

  /** The value with the templates and secrets in it marked, however deep they lie. */
  static Value templates(Value value, Location at) {
    return switch (value) {
      case Value.Textual text -> Values.written(text.reveal(), at, at.source().secret());
      case Value.Seq list ->
          new Value.Seq(list.items().stream().map(item -> templates(item, at)).toList());
      case Value.Dict mapping -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> entries.put(key, templates(entry, at)));
        yield new Value.Dict(entries);
      }
      default -> value;
    };
  }

  /**
   * The same for JSON as {@code ansible-inventory} writes it: {@code {"__ansible_unsafe": text}} is
   * text that is never a template, {@code {"__ansible_vault": envelope}} an encrypted value.
   */
  static Value marked(Value value, Location at) {
    return switch (value) {
      case Value.Seq list ->
          new Value.Seq(list.items().stream().map(item -> marked(item, at)).toList());
      case Value.Dict mapping -> {
        if (mapping.entries().size() == 1 && mapping.get(UNSAFE) instanceof Value.Text unsafe) {
          yield unsafe;
        }
        if (mapping.entries().size() == 1 && mapping.get(VAULTED) instanceof Value.Text envelope) {
          yield new Value.Vaulted(envelope.value(), at);
        }
        Map<Value, Value> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> entries.put(key, marked(entry, at)));
        yield new Value.Dict(entries);
      }
      default -> templates(value, at);
    };
  }
}
