package dev.hearth.inventory;

import dev.hearth.value.Value;
import java.util.stream.Collectors;

/** Values as the golden files write them: one spelling for each value and type. */
public final class Canonical {

  private Canonical() {}

  /** The value's spelling; a template is spelt as the text it was written as. */
  public static String of(Value value) {
    return switch (value) {
      case Value.Null nothing -> "null";
      case Value.Bool bool -> Boolean.toString(bool.value());
      case Value.Int whole -> "i" + whole.value();
      case Value.Real real -> "r%016x".formatted(Double.doubleToLongBits(real.value()));
      case Value.Textual text -> quoted(text.reveal());
      case Value.Template template -> quoted(template.source());
      case Value.Seq list ->
          list.items().stream().map(Canonical::of).collect(Collectors.joining(",", "[", "]"));
      case Value.Dict mapping ->
          mapping.entries().entrySet().stream()
              .map(entry -> of(entry.getKey()) + ":" + of(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> throw new IllegalArgumentException("not in the golden files: " + value);
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      switch (character) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        case '\r' -> quoted.append("\\r");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        default -> {
          if (character < ' ' || character > '~') {
            quoted.append("\\u%04x".formatted((int) character));
          } else {
            quoted.append(character);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
