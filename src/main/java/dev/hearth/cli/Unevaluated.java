package dev.hearth.cli;

import dev.hearth.value.Value;
import dev.hearth.yaml.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Values as they are written, templates not evaluated and vaults not opened, to be shown. */
final class Unevaluated {

  private Unevaluated() {}

  /**
   * For documents that are read again: text that looks like a template and is none, and encrypted
   * values, are marked as {@code ansible-inventory} marks them.
   */
  static Value marked(Value value) {
    return mapped(
        value,
        leaf ->
            switch (leaf) {
              case Value.Text text when Values.hasDelimiters(text.value()) ->
                  Value.Dict.ofTexts(Map.of("__ansible_unsafe", text));
              case Value.Vaulted vaulted ->
                  Value.Dict.ofTexts(Map.of("__ansible_vault", Value.text(vaulted.envelope())));
              default -> written(leaf);
            });
  }

  /** For people: nothing is marked, secrets are three stars. */
  static Value plain(Value value) {
    return mapped(
        value,
        leaf ->
            switch (written(leaf)) {
              case Value.Secret secret -> Value.text(secret.toString());
              case Value.Vaulted vaulted -> Value.text(vaulted.toString());
              case Value other -> other;
            });
  }

  private static Value written(Value leaf) {
    return leaf instanceof Value.Template template
        ? template.secret() ? new Value.Secret(template.source()) : Value.text(template.source())
        : leaf;
  }

  private static Value mapped(Value value, UnaryOperator<Value> leaf) {
    return switch (value) {
      case Value.Seq list ->
          new Value.Seq(list.items().stream().map(item -> mapped(item, leaf)).toList());
      case Value.Dict mapping -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> entries.put(key, mapped(entry, leaf)));
        yield new Value.Dict(entries);
      }
      default -> leaf.apply(value);
    };
  }
}
