package dev.hearth.template.filter;

import dev.hearth.diag.HearthException;
import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Splitting;
import dev.hearth.template.python.Truth;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** JSON and YAML. */
final class SerialFilters {

  private SerialFilters() {}

  static Map<String, Filter> all(Function<String, List<Value>> yaml) {
    Map<String, Filter> all = new HashMap<>();
    all.put("to_json", Filter.of("**", call -> json(call, -1, false)));
    all.put("to_nice_json", Filter.of("indent? sort_keys? **", call -> json(call, 4, true)));
    all.put("tojson", Filter.of("indent?", SerialFilters::htmlJson));
    all.put("from_json", Filter.of("**", SerialFilters::fromJson));
    all.put("to_yaml", Filter.of("indent? default_flow_style? **", call -> yaml(call, 2, false)));
    all.put(
        "to_nice_yaml", Filter.of("indent? default_flow_style? **", call -> yaml(call, 4, true)));
    all.put("from_yaml", Filter.of("", call -> fromYaml(call, yaml)));
    all.put("from_yaml_all", Filter.of("", call -> allDocuments(call, yaml)));
    return all;
  }

  private static Value option(Call call, String name, Value otherwise) {
    Value found = call.find(name);
    return found == null ? otherwise : found;
  }

  private static Value json(Call call, int indent, boolean nice) {
    Value given = option(call, "indent", Value.number(indent));
    int width = given instanceof Value.Int number ? number.value().intValueExact() : -1;
    List<Value> separators =
        call.keywords().containsKey("separators")
            ? Sequences.iterate(call.keywords().get("separators"))
            : List.of();
    JsonText writer =
        new JsonText(
            Math.min(width, 100),
            Truth.of(option(call, "sort_keys", Value.bool(nice))),
            Truth.of(option(call, "ensure_ascii", Value.Bool.TRUE)),
            separators.size() == 2 ? text(separators.getFirst()) : ", ",
            separators.size() == 2 ? text(separators.getLast()) : ": ");
    return Value.text(writer.write(call.input()));
  }

  private static String text(Value value) {
    return dev.hearth.template.python.Printed.str(value);
  }

  /** Jinja's own filter escapes what HTML would take for markup. */
  private static Value htmlJson(Call call) {
    JsonText writer = new JsonText(call.number("indent", -1), true, true, ", ", ": ");
    return Value.text(
        writer
            .write(call.input())
            .replace("<", "\\u003c")
            .replace(">", "\\u003e")
            .replace("&", "\\u0026")
            .replace("'", "\\u0027"));
  }

  private static Value fromJson(Call call) {
    if (!(call.input() instanceof Value.Textual)) {
      throw new PythonError("needs text, not a value of another type");
    }
    try {
      return JsonReader.read(call.inputText());
    } catch (IllegalArgumentException wrong) {
      throw new PythonError("needs JSON: " + wrong.getMessage());
    }
  }

  private static Value yaml(Call call, int indent, boolean nice) {
    Value flow = option(call, "default_flow_style", nice ? Value.Bool.FALSE : Value.NULL);
    YamlText.Style style =
        flow instanceof Value.Null
            ? YamlText.Style.LEAVES_IN_LINE
            : Truth.of(flow) ? YamlText.Style.IN_LINE : YamlText.Style.BLOCKS;
    boolean sorted = Truth.of(option(call, "sort_keys", Value.Bool.TRUE));
    Value width = option(call, "width", Value.number(80));
    int columns =
        width instanceof Value.Int number && number.value().bitLength() < 31
            ? number.value().intValue()
            : Integer.MAX_VALUE;
    YamlText writer = new YamlText(call.number("indent", indent), style, sorted, columns);
    String text = writer.write(call.input());
    boolean start = Truth.of(option(call, "explicit_start", Value.Bool.FALSE));
    return Value.text(
        start ? "---" + (text.contains(":") || text.startsWith("- ") ? "\n" : " ") + text : text);
  }

  private static Value allDocuments(Call call, Function<String, List<Value>> yaml) {
    if (call.input() instanceof Value.Null) {
      return new Value.Seq(List.of());
    }
    return isWritten(call) ? new Value.Seq(documents(call, yaml)) : call.input();
  }

  /** What is no text any more has been read before. */
  private static boolean isWritten(Call call) {
    return call.input() instanceof Value.Textual;
  }

  private static List<Value> documents(Call call, Function<String, List<Value>> yaml) {
    try {
      return yaml.apply(call.inputText());
    } catch (HearthException wrong) {
      throw new PythonError("needs YAML: " + wrong.diagnostics().getFirst().summary());
    }
  }

  private static Value fromYaml(Call call, Function<String, List<Value>> yaml) {
    boolean nothing = call.input() instanceof Value.Null;
    if (nothing || Splitting.lines(call.inputText(), false).isEmpty()) {
      return Value.NULL;
    }
    if (!isWritten(call)) {
      return call.input();
    }
    List<Value> documents = documents(call, yaml);
    if (documents.size() > 1) {
      throw new PythonError("needs a single document: use from_yaml_all");
    }
    return documents.isEmpty() ? Value.NULL : documents.getFirst();
  }
}
