package dev.hearth.view;

import dev.hearth.template.filter.YamlText;
import dev.hearth.template.filter.YamlText.Literals;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a result's values behind {@code =>} in the format that was chosen. */
final class ResultFormat {

  private static final int INDENT = 4;
  private static final int WIDTH = 80;
  private static final int CALLBACK_INDENT = 2;
  private static final int CALLBACK_WIDTH = 1000;

  /** What {@link ConsoleStyle.Format#OUTPUT_APART} takes out of the JSON, and what it shows. */
  private static final List<String> APART =
      List.of("stdout", "stdout_lines", "stderr", "stderr_lines", "msg");

  private final ConsoleStyle style;
  private final int verbosity;

  ResultFormat(ConsoleStyle style, int verbosity) {
    this.style = style;
    this.verbosity = verbosity;
  }

  /**
   * The values as text.
   *
   * @param lines whether this result is always written on several lines, as that of debug
   */
  String of(Value.Dict values, boolean lines) {
    return switch (style.format()) {
      case JSON -> json(values, lines);
      case YAML -> yaml(values);
      case YAML_CALLBACK -> callback(values);
      case OUTPUT_APART -> apart(values);
    };
  }

  private String json(Value.Dict values, boolean lines) {
    boolean several = style.pretty().orElse(lines || verbosity > 2);
    Json.Style plain = Json.Style.PLAIN.sort();
    return Json.write(values, several ? plain.indent(INDENT) : plain);
  }

  private String yaml(Value.Dict values) {
    boolean pretty = style.pretty().orElse(true);
    String text =
        YamlText.readable(
            pretty ? omitLines(values) : values,
            pretty ? INDENT : 2,
            WIDTH,
            pretty ? Literals.READABLE : Literals.EXACT);
    return "\n" + indented(text, INDENT);
  }

  /** What changed stands in the first line. */
  private static String callback(Value.Dict values) {
    Map<Value, Value> rest = new LinkedHashMap<>(omitLines(values).entries());
    StringBuilder text = new StringBuilder();
    for (String name : List.of("changed", "skipped")) {
      if (rest.remove(Value.text(name)) instanceof Value.Bool flag) {
        text.append(name).append('=').append(flag.value()).append(' ');
      }
    }
    if (!rest.isEmpty()) {
      String body =
          YamlText.readable(
              new Value.Dict(rest), CALLBACK_INDENT, CALLBACK_WIDTH, Literals.READABLE);
      text.append('\n').append(indented(body, CALLBACK_INDENT));
    }
    return text.toString();
  }

  private static String apart(Value.Dict values) {
    Map<Value, Value> rest = new LinkedHashMap<>(values.entries());
    APART.forEach(name -> rest.remove(Value.text(name)));
    StringBuilder text =
        new StringBuilder(Json.write(new Value.Dict(rest), Json.Style.PLAIN.sort().indent(INDENT)));
    for (String name : List.of("stdout", "stderr", "msg")) {
      Value value = values.get(name);
      if (value != null && !shown(value).isEmpty()) {
        text.append("\n\n")
            .append(name.toUpperCase(java.util.Locale.ROOT))
            .append(":\n\n")
            .append(shown(value))
            .append('\n');
      }
    }
    // The line end of the last one is that of the line.
    boolean ended = text.charAt(text.length() - 1) == '\n';
    return ended ? text.substring(0, text.length() - 1) : text.toString();
  }

  private static String shown(Value value) {
    return dev.hearth.template.python.Printed.str(value);
  }

  /** Who has the text needs no list of its lines. */
  private static Value.Dict omitLines(Value.Dict values) {
    Map<Value, Value> kept = new LinkedHashMap<>(values.entries());
    for (String name : List.of("stdout", "stderr")) {
      Value lines = Value.text(name + "_lines");
      if (kept.containsKey(Value.text(name)) && kept.containsKey(lines)) {
        kept.put(lines, Value.text("<omitted>"));
      }
    }
    return new Value.Dict(kept);
  }

  private static String indented(String text, int columns) {
    StringBuilder indented = new StringBuilder();
    for (String line : text.stripTrailing().split("\n", -1)) {
      indented.append(indented.isEmpty() ? "" : "\n");
      indented.append(line.isEmpty() ? "" : " ".repeat(columns)).append(line);
    }
    return indented.toString();
  }
}
