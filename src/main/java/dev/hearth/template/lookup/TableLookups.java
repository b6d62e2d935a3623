package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRegex;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lookups of single values in tables: INI files, properties, CSV. */
final class TableLookups {

  private static final Set<String> INI =
      Set.of(
          "type",
          "file",
          "section",
          "re",
          "encoding",
          "default",
          "case_sensitive",
          "allow_none",
          "allow_no_value",
          "interpolation");
  private static final Set<String> CSV =
      Set.of("col", "keycol", "default", "delimiter", "file", "encoding");
  private static final String PROPERTIES = "java_properties";

  private TableLookups() {}

  static Map<String, Lookup> all() {
    return Map.of(
        "ini",
            Lookup.of(
                "type? file? section? re? encoding? default? case_sensitive? allow_none?"
                    + " allow_no_value? interpolation?",
                TableLookups::ini),
        "csvfile",
            Lookup.of("col? keycol? default? delimiter? file? encoding?", TableLookups::csv));
  }

  private static Value.Textual content(Call call, String file) {
    return ControllerFiles.read(call, ControllerFiles.find(call, "files", file));
  }

  private static List<Value> ini(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      InlineOptions options = InlineOptions.read(Printed.str(term), INI, call);
      String file = options.text("file", "ansible.ini");
      boolean properties = options.text("type", "ini").equals("properties");
      String section = properties ? PROPERTIES : options.text("section", "global");
      Value.Textual text = content(call, file);
      ConfigFile config =
          new ConfigFile(
              properties ? "[" + PROPERTIES + "]\n" + text.reveal() : text.reveal(),
              options.flag("case_sensitive", false),
              options.flag("allow_no_value", options.flag("allow_none", false)),
              options.flag("interpolation", true));
      if (!config.has(section)) {
        throw new PythonError("needs the section [" + section + "] in '" + file + "'");
      }
      if (options.flag("re", false)) {
        found.addAll(matching(config.options(section), options.key(), text));
      } else if (config.has(section, options.key())) {
        String value = config.value(section, options.key());
        if (value != null) {
          found.add(text.with(value));
        }
      } else {
        found.add(options.get("default", Value.text("")));
      }
    }
    return found;
  }

  private static List<Value> matching(
      Map<String, @Nullable String> options, String key, Value.Textual text) {
    Pattern pattern = PythonRegex.compile(key, false, false);
    List<Value> found = new ArrayList<>();
    options.forEach(
        (name, value) -> {
          if (PythonRegex.matcher(pattern, name).lookingAt()) {
            found.add(value == null ? Value.NULL : text.with(value));
          }
        });
    return found;
  }

  private static List<Value> csv(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      InlineOptions options = InlineOptions.read(Printed.str(term), CSV, call);
      String delimiter = options.text("delimiter", "TAB");
      char separator =
          delimiter.equals("TAB") || delimiter.equals("\\t") ? '\t' : delimiter.charAt(0);
      Value.Textual text = content(call, options.text("file", "ansible.csv"));
      int column = column(options.get("col", Value.number(1)));
      int keyColumn = column(options.get("keycol", Value.number(0)));
      Value hit = options.get("default", Value.NULL);
      for (List<String> row : rows(text.reveal(), separator)) {
        if (cell(row, keyColumn).equals(options.key())) {
          hit = text.with(cell(row, column));
          break;
        }
      }
      if (!(hit instanceof Value.Null)) {
        found.add(hit);
      }
    }
    return found;
  }

  private static String cell(List<String> row, int column) {
    if (row.size() <= column) {
      throw new PythonError("has no column " + column + " in the row '" + row.getFirst() + "'");
    }
    return row.get(column);
  }

  private static int column(Value value) {
    BigInteger number = Numbers.parseWhole(Printed.str(value), 10);
    if (number == null || number.signum() < 0 || number.bitLength() > 20) {
      throw new PythonError("needs the column as a number from 0");
    }
    return number.intValue();
  }

  private static List<List<String>> rows(String text, char separator) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && text.startsWith("\"\"", i)) {
        cell.append('"');
        i++;
      } else if (c == '"' && (quoted || cell.isEmpty())) {
        quoted = !quoted;
      } else if (!quoted && c == separator) {
        row.add(cell.toString());
        cell.setLength(0);
      } else if (!quoted && (c == '\n' || c == '\r')) {
        if (!cell.isEmpty() || !row.isEmpty()) {
          row.add(cell.toString());
          rows.add(row);
        }
        row = new ArrayList<>();
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (!cell.isEmpty() || !row.isEmpty()) {
      row.add(cell.toString());
      rows.add(row);
    }
    return rows;
  }
}
