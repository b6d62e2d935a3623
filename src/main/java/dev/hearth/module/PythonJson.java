package dev.hearth.module;

import dev.hearth.value.Value;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes values as Python's {@code json.dumps} does: blanks after colons and commas, ASCII only.
 */
public final class PythonJson {

  private final StringBuilder text = new StringBuilder();
  private boolean secret;

  private PythonJson() {}

  /** The value as JSON; secret if anything in it is. */
  public static Value.Textual write(Value value) {
    PythonJson json = new PythonJson();
    json.append(value);
    String text = json.text.toString();
    return json.secret ? new Value.Secret(text) : new Value.Text(text);
  }

  /** A floating-point number as Python shows it. */
  static String number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e16) {
      return (long) number + ".0";
    }
    return Double.toString(number).replace("E-", "e-0").replace("E", "e+");
  }

  private void append(Value value) {
    switch (value) {
      case Value.Null nothing -> text.append("null");
      case Value.Bool bool -> text.append(bool.value());
      case Value.Int number -> text.append(number.value());
      case Value.Real real -> text.append(number(real.value()));
      case Value.Text plain -> quoted(plain.value());
      case Value.Secret hidden -> {
        secret = true;
        quoted(hidden.reveal());
      }
      case Value.Seq list -> {
        text.append('[');
        for (Iterator<Value> items = list.items().iterator(); items.hasNext(); ) {
          append(items.next());
          text.append(items.hasNext() ? ", " : "");
        }
        text.append(']');
      }
      case Value.Dict mapping -> {
        text.append('{');
        var entries = mapping.entries().entrySet().iterator();
        while (entries.hasNext()) {
          Map.Entry<Value, Value> entry = entries.next();
          append(Conversion.text(entry.getKey()));
          text.append(": ");
          append(entry.getValue());
          text.append(entries.hasNext() ? ", " : "");
        }
        text.append('}');
      }
      default -> throw new Mismatch("data that JSON can hold", "");
    }
  }

  private void quoted(String characters) {
    text.append('"');
    for (char c : characters.toCharArray()) {
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            text.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
