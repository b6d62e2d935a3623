package dev.hearth.template.filter;

import dev.hearth.template.python.FloatText;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON as Python's {@code json.dumps} does.
 *
 * @param indent blanks for each level; negative for one line
 * @param sorted whether keys are sorted
 * @param ascii whether other characters are escaped
 * @param comma between items
 * @param colon between key and value
 */
public record JsonText(int indent, boolean sorted, boolean ascii, String comma, String colon) {

  static final JsonText LINE = new JsonText(-1, false, true, ", ", ": ");

  /** The value as JSON. */
  public String write(Value value) {
    StringBuilder text = new StringBuilder();
    write(value, 0, text);
    return text.toString();
  }

  private void write(Value value, int level, StringBuilder text) {
    switch (value) {
      case Value.Null none -> text.append("null");
      case Value.Bool bool -> text.append(bool.value());
      case Value.Int number -> text.append(number.value());
      case Value.Real real -> text.append(real(real.value()));
      case Value.Textual characters -> quote(characters.reveal(), text);
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      default -> container(value, level, text);
    }
  }

  private static String real(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    return Double.isInfinite(number)
        ? (number > 0 ? "Infinity" : "-Infinity")
        : FloatText.of(number);
  }

  private void container(Value value, int level, StringBuilder text) {
    Map<Value, Value> entries = Mappings.view(value);
    if (entries != null) {
      dict(entries, level, text);
      return;
    }
    List<Value> items = Sequences.view(value);
    if (items != null) {
      list(items, level, text);
      return;
    }
    if (value instanceof Moment moment) {
      quote(moment.iso(), text);
      return;
    }
    throw new PythonError("cannot write a value of type '" + TypeName.of(value) + "' as JSON");
  }

  private void list(List<Value> items, int level, StringBuilder text) {
    if (items.isEmpty()) {
      text.append("[]");
      return;
    }
    text.append('[');
    String between = "";
    for (Value item : items) {
      text.append(between);
      line(level + 1, text);
      write(item, level + 1, text);
      between = indent < 0 ? comma : comma.stripTrailing();
    }
    line(level, text);
    text.append(']');
  }

  private void dict(Map<Value, Value> entries, int level, StringBuilder text) {
    if (entries.isEmpty()) {
      text.append("{}");
      return;
    }
    List<Map.Entry<Value, Value>> ordered = new ArrayList<>(entries.entrySet());
    if (sorted) {
      ordered.sort(
          (a, b) -> dev.hearth.template.python.Ordering.compare(a.getKey(), b.getKey(), "<"));
    }
    text.append('{');
    String between = "";
    for (Map.Entry<Value, Value> entry : ordered) {
      text.append(between);
      line(level + 1, text);
      quote(key(entry.getKey()), text);
      text.append(colon);
      write(entry.getValue(), level + 1, text);
      between = indent < 0 ? comma : comma.stripTrailing();
    }
    line(level, text);
    text.append('}');
  }

  private static String key(Value key) {
    return switch (key) {
      case Value.Null none -> "null";
      case Value.Bool bool -> String.valueOf(bool.value());
      default -> Printed.str(key);
    };
  }

  private void line(int level, StringBuilder text) {
    if (indent >= 0) {
      text.append('\n').append(" ".repeat(indent * level));
    }
  }

  private void quote(String characters, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < 0x20 || (ascii && c > 0x7e)) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
