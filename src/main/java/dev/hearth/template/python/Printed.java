package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;

/** How values print: Python's {@code str} and {@code repr}. */
public final class Printed {

  private Printed() {}

  /** The value as text, as it stands in the middle of a template or in {@code ~}. */
  public static String str(Value value) {
    return switch (value) {
      case Value.Textual text -> text.reveal();
      case Value.Dated date -> date.printed();
      default -> repr(value);
    };
  }

  /** The value as Python shows it inside lists. Secrets are revealed; the result is one. */
  public static String repr(Value value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(Value value, StringBuilder text) {
    switch (value) {
      case Value.Null none -> text.append("None");
      case Value.Omit omit -> text.append("<<Omit>>");
      case Value.Bool bool -> text.append(bool.value() ? "True" : "False");
      case Value.Int number -> text.append(number.value());
      case Value.Real real -> text.append(FloatText.of(real.value()));
      case Value.Textual characters -> quote(characters.reveal(), text);
      case Value.Template template -> quote(template.source(), text);
      case Value.Vaulted vaulted -> quote(vaulted.envelope(), text);
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      case Range range -> text.append(range.printed());
      case Tuple tuple -> tuple(tuple.items(), text);
      case Attributed object -> text.append(object.represented());
      case Value.Seq seq -> list(seq.items(), text);
      case Sequence sequence -> list(sequence.items(), text);
      case Value.Dict dict -> dict(dict.entries(), text);
      case Value.Dynamic other -> {
        Map<Value, Value> entries = Mappings.view(other);
        if (entries != null) {
          dict(entries, text);
        } else {
          text.append("<function>");
        }
      }
    }
  }

  private static void list(List<Value> items, StringBuilder text) {
    text.append('[');
    join(items, text);
    text.append(']');
  }

  private static void tuple(List<Value> items, StringBuilder text) {
    text.append('(');
    join(items, text);
    text.append(items.size() == 1 ? ",)" : ")");
  }

  private static void join(List<Value> items, StringBuilder text) {
    String between = "";
    for (Value item : items) {
      text.append(between);
      write(item, text);
      between = ", ";
    }
  }

  private static void dict(Map<Value, Value> entries, StringBuilder text) {
    text.append('{');
    String between = "";
    for (Map.Entry<Value, Value> entry : entries.entrySet()) {
      text.append(between);
      write(entry.getKey(), text);
      text.append(": ");
      write(entry.getValue(), text);
      between = ", ";
    }
    text.append('}');
  }

  private static void quote(String characters, StringBuilder text) {
    char quote = characters.contains("'") && !characters.contains("\"") ? '"' : '\'';
    text.append(quote);
    characters.codePoints().forEach(c -> escape(c, quote, text));
    text.append(quote);
  }

  private static void escape(int c, char quote, StringBuilder text) {
    switch (c) {
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (c == quote) {
          text.append('\\').append(quote);
        } else if (printable(c)) {
          text.appendCodePoint(c);
        } else if (c < 0x100) {
          text.append("\\x%02x".formatted(c));
        } else if (c < 0x10000) {
          text.append("\\u%04x".formatted(c));
        } else {
          text.append("\\U%08x".formatted(c));
        }
      }
    }
  }

  private static boolean printable(int c) {
    if (c == ' ') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
