package dev.hearth.template.filter;

import dev.hearth.template.python.FloatText;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Ordering;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes YAML as PyYAML's {@code dump} does. */
public final class YamlText {

  /** How collections are written. */
  enum Style {
    /** One entry a line. */
    BLOCKS,
    /** All in brackets. */
    IN_LINE,
    /** In brackets when they hold only scalars. */
    LEAVES_IN_LINE
  }

  /** Whether texts of several lines are written as blocks behind {@code |}. */
  public enum Literals {
    /** They are quoted. */
    NONE,
    /** Where YAML can write them so without a change. */
    EXACT,
    /** Always: what stands in the way, such as spaces at a line's end, is left out. */
    READABLE
  }

  /**
   * A value with one entry a line and texts of several lines as blocks, as results are shown.
   *
   * @param indent columns of one level
   * @param width where long lines are broken
   */
  public static String readable(Value value, int indent, int width, Literals literals) {
    return new YamlText(indent, Style.BLOCKS, true, width, literals).write(value);
  }

  private final int indent;
  private final Style style;
  private final boolean sorted;
  private final int width;
  private final Literals literals;
  private final StringBuilder text = new StringBuilder();

  YamlText(int indent, Style style, boolean sorted, int width) {
    this(indent, style, sorted, width, Literals.NONE);
  }

  private YamlText(int indent, Style style, boolean sorted, int width, Literals literals) {
    this.literals = literals;
    this.indent = indent > 1 && indent < 10 ? indent : 2;
    this.style = style;
    this.sorted = sorted;
    this.width = width > this.indent * 2 ? width : 80;
  }

  String write(Value value) {
    node(value, -1, 0, false, false);
    return text.append('\n').toString();
  }

  private static boolean scalar(Value value) {
    return !Mappings.is(value) && Sequences.view(value) == null;
  }

  private static @Nullable List<Value> list(Value value) {
    return Mappings.is(value) ? null : Sequences.view(value);
  }

  private boolean inLine(Value value) {
    if (style != Style.LEAVES_IN_LINE) {
      return style == Style.IN_LINE;
    }
    List<Value> items = list(value);
    if (items != null) {
      return items.stream().allMatch(YamlText::scalar);
    }
    Map<Value, Value> entries = Mappings.view(value);
    return entries == null || entries.values().stream().allMatch(YamlText::scalar);
  }

  /**
   * One node.
   *
   * @param column the indentation that the surrounding collection has; -1 at the top
   * @param flow how deep inside brackets
   * @param inMapping whether it is the value of a mapping
   * @param key whether it is the key of a mapping
   */
  private void node(Value value, int column, int flow, boolean inMapping, boolean key) {
    List<Value> items = list(value);
    if (items != null) {
      if (items.isEmpty() || flow > 0 || inLine(value)) {
        flowList(items, column, flow);
      } else {
        blockList(items, column, inMapping);
      }
      return;
    }
    Map<Value, Value> entries = Mappings.view(value);
    if (entries != null) {
      if (entries.isEmpty() || flow > 0 || inLine(value)) {
        flowDict(ordered(entries), column, flow);
      } else {
        blockDict(ordered(entries), column);
      }
      return;
    }
    int inner = column < 0 ? indent : column + indent;
    text.append(scalarText(value, flow > 0, key, inner));
  }

  private List<Map.Entry<Value, Value>> ordered(Map<Value, Value> entries) {
    List<Map.Entry<Value, Value>> ordered = new ArrayList<>(entries.entrySet());
    if (sorted) {
      try {
        ordered.sort((a, b) -> Ordering.compare(a.getKey(), b.getKey(), "<"));
      } catch (PythonError mixed) {
        return new ArrayList<>(entries.entrySet());
      }
    }
    return ordered;
  }

  private int column() {
    return text.length() - text.lastIndexOf("\n") - 1;
  }

  private void newLine(int column) {
    text.append('\n').append(" ".repeat(Math.max(column, 0)));
  }

  private void blockList(List<Value> items, int column, boolean inMapping) {
    boolean nested = text.length() > 0 && !inMapping && column() > 0;
    int own = column < 0 ? 0 : inMapping ? column : column + indent;
    boolean first = true;
    for (Value item : items) {
      if (text.length() > 0 && !(first && nested)) {
        newLine(own);
      }
      text.append('-');
      compactGap(item);
      node(item, own, 0, false, false);
      first = false;
    }
  }

  /** Behind the hyphen: collections begin at the next column of the indentation. */
  private void compactGap(Value item) {
    boolean block = !scalar(item) && Sequences.length(item) > 0 && !inLine(item);
    text.append(" ".repeat(block ? Math.max(indent - 1, 1) : 1));
  }

  private void blockDict(List<Map.Entry<Value, Value>> entries, int column) {
    boolean nested = text.length() > 0 && text.charAt(text.length() - 1) != '\n';
    int own = column < 0 ? 0 : column + indent;
    boolean afterHyphen = nested && text.charAt(text.length() - 1) == ' ';
    boolean first = true;
    for (Map.Entry<Value, Value> entry : entries) {
      if (text.length() > 0 && !(first && afterHyphen)) {
        newLine(own);
      }
      node(entry.getKey(), own, 0, false, true);
      text.append(':');
      Value value = entry.getValue();
      boolean block = !scalar(value) && Sequences.length(value) > 0 && !inLine(value);
      if (!block) {
        text.append(' ');
      }
      node(value, own, 0, true, false);
      first = false;
    }
  }

  private void flowList(List<Value> items, int column, int flow) {
    int own = column < 0 ? indent : column + indent;
    text.append('[');
    boolean first = true;
    for (Value item : items) {
      separate(first, own);
      node(item, own, flow + 1, false, false);
      first = false;
    }
    text.append(']');
  }

  private void flowDict(List<Map.Entry<Value, Value>> entries, int column, int flow) {
    int own = column < 0 ? indent : column + indent;
    text.append('{');
    boolean first = true;
    for (Map.Entry<Value, Value> entry : entries) {
      separate(first, own);
      node(entry.getKey(), own, flow + 1, false, true);
      text.append(": ");
      node(entry.getValue(), own, flow + 1, true, false);
      first = false;
    }
    text.append('}');
  }

  private void separate(boolean first, int own) {
    if (!first) {
      text.append(',');
    }
    if (column() > width) {
      newLine(own);
    } else if (!first) {
      text.append(' ');
    }
  }

  private String scalarText(Value value, boolean flow, boolean key, int inner) {
    return switch (value) {
      case Value.Null none -> "null";
      case Value.Bool bool -> String.valueOf(bool.value());
      case Value.Int number -> number.value().toString();
      case Value.Real real -> real(real.value());
      case Value.Textual characters
          when literals != Literals.NONE
              && !flow
              && !key
              && LiteralBlock.hasLines(characters.reveal()) -> {
        String shown =
            literals == Literals.READABLE
                ? LiteralBlock.readable(characters.reveal())
                : characters.reveal();
        yield LiteralBlock.canHold(shown)
            ? LiteralBlock.write(shown, inner, indent)
            : new YamlScalar(shown, false, false, width).write(column(), inner);
      }
      case Value.Textual characters ->
          new YamlScalar(characters.reveal(), flow, key, width).write(column(), inner);
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      case Moment moment -> moment.printed();
      default ->
          throw new PythonError(
              "cannot write a value of type '" + TypeName.of(value) + "' as YAML");
    };
  }

  private static String real(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    String text = FloatText.of(number);
    return !text.contains(".") && text.contains("e") ? text.replace("e", ".0e") : text;
  }
}
