package dev.hearth.yaml;

import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes one value as JSON the way Python does. */
final class JsonWriter {

  private static final String HIDDEN = "***";

  private final Json.Style style;
  private final StringBuilder out = new StringBuilder();

  JsonWriter(Json.Style style) {
    this.style = style;
  }

  String write(Value value) {
    value(value, 0);
    return out.toString();
  }

  private void value(Value value, int level) {
    switch (value) {
      case Value.Null _ -> out.append("null");
      case Value.Bool bool -> out.append(bool.value());
      case Value.Int number -> out.append(number.value());
      case Value.Real number -> out.append(real(number.value()));
      case Value.Text text -> string(text.value());
      case Value.Secret secret -> string(style.reveal() ? secret.reveal() : HIDDEN);
      case Value.Template template ->
          string(template.secret() && !style.reveal() ? HIDDEN : template.source());
      case Value.Vaulted vaulted -> {
        if (style.reveal()) {
          throw new IllegalArgumentException("an encrypted value has to be opened first");
        }
        string(vaulted.toString());
      }
      case Value.Seq list -> list(list.items(), level);
      case Value.Dict dict -> dict(dict, level);
      case Value.Dated date -> string(date.iso());
      case Value.Omit _, Value.Undefined _, Value.Dynamic _ ->
          throw new IllegalArgumentException("no data: " + value.getClass().getSimpleName());
    }
  }

  private void list(List<Value> items, int level) {
    if (items.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    Iterator<Value> rest = items.iterator();
    while (rest.hasNext()) {
      line(level + 1);
      value(rest.next(), level + 1);
      comma(rest.hasNext());
    }
    line(level);
    out.append(']');
  }

  private void dict(Value.Dict dict, int level) {
    if (dict.entries().isEmpty()) {
      out.append("{}");
      return;
    }
    List<Map.Entry<Value, Value>> entries = new ArrayList<>(dict.entries().entrySet());
    if (style.sorted()) {
      entries.sort(Comparator.comparing(entry -> key(entry.getKey())));
    }
    out.append('{');
    Iterator<Map.Entry<Value, Value>> rest = entries.iterator();
    while (rest.hasNext()) {
      Map.Entry<Value, Value> entry = rest.next();
      line(level + 1);
      string(key(entry.getKey()));
      out.append(": ");
      value(entry.getValue(), level + 1);
      comma(rest.hasNext());
    }
    line(level);
    out.append('}');
  }

  private void comma(boolean more) {
    if (more) {
      out.append(style.indent() > 0 ? "," : ", ");
    }
  }

  private void line(int level) {
    if (style.indent() > 0) {
      out.append('\n').append(" ".repeat(style.indent() * level));
    }
  }

  private String key(Value key) {
    return switch (key) {
      case Value.Text text -> text.value();
      case Value.Secret secret -> style.reveal() ? secret.reveal() : HIDDEN;
      case Value.Bool bool -> Boolean.toString(bool.value());
      case Value.Int number -> number.value().toString();
      case Value.Real number -> real(number.value());
      case Value.Null _ -> "null";
      case Value.Dated date -> date.iso();
      default -> throw new IllegalArgumentException("no key: " + key.getClass().getSimpleName());
    };
  }

  /** The shortest digits that mean this number, with an exponent where Python writes one. */
  private static String real(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = shortest.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return "%s%s%se%s%02d"
        .formatted(
            number < 0 ? "-" : "",
            digits.charAt(0),
            fraction,
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }

  private void string(String text) {
    out.append('"');
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      switch (character) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          boolean escaped = character < ' ' || (style.ascii() && character > '~');
          if (escaped) {
            out.append("\\u%04x".formatted((int) character));
          } else {
            out.append(character);
          }
        }
      }
    }
    out.append('"');
  }
}
