package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRegex;
import dev.hearth.template.python.Splitting;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Lookups of single values in tables: INI files, properties, CSV. */
final class TableLookups {

  private TableLookups() {}

  static Map<String, Lookup> all() {
    return Map.of(
        "ini",
            Lookup.of(
                "type? file? section? re? encoding? default? case_sensitive? allow_none?"
                    + " interpolation?",
                TableLookups::ini),
        "csvfile",
            Lookup.of("col? keycol? default? delimiter? file? encoding?", TableLookups::csv));
  }

  private static Value.Textual content(Call call, String otherwise) {
    return ControllerFiles.read(
        call, ControllerFiles.find(call, "files", call.text("file", otherwise)));
  }

  private static List<Value> ini(Call call) {
    boolean properties = call.text("type", "ini").equals("properties");
    Value.Textual text = content(call, "ansible.ini");
    boolean caseCounts = call.flag("case_sensitive", false);
    String section = properties ? "" : call.text("section", "global");
    Map<String, String> entries = section(text.reveal(), section, properties, caseCounts);
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      String key = Printed.str(term);
      if (call.flag("re", false)) {
        Pattern pattern = PythonRegex.compile(key, false, false);
        entries.forEach(
            (name, value) -> {
              if (PythonRegex.matcher(pattern, name).lookingAt()) {
                found.add(text.with(value));
              }
            });
        continue;
      }
      String value = entries.get(caseCounts ? key : key.toLowerCase(java.util.Locale.ROOT));
      found.add(value != null ? text.with(value) : call.get("default", Value.text("")));
    }
    return found;
  }

  private static Map<String, String> section(
      String text, String wanted, boolean properties, boolean caseCounts) {
    Map<String, String> entries = new LinkedHashMap<>();
    boolean inside = properties;
    for (String line : Splitting.lines(text, false)) {
      String stripped = line.strip();
      if (stripped.startsWith("[") && stripped.endsWith("]")) {
        String name = stripped.substring(1, stripped.length() - 1);
        inside = properties || name.equals(wanted) || name.equals("DEFAULT");
      } else if (inside && !stripped.isEmpty() && "#;".indexOf(stripped.charAt(0)) < 0) {
        String[] sides = stripped.split("\\s*[=:]\\s*", 2);
        String key = caseCounts ? sides[0] : sides[0].toLowerCase(java.util.Locale.ROOT);
        entries.put(key, sides.length > 1 ? sides[1] : "");
      }
    }
    return entries;
  }

  private static List<Value> csv(Call call) {
    String delimiter = call.text("delimiter", "TAB");
    char separator =
        delimiter.equals("TAB") || delimiter.equals("\\t") ? '\t' : delimiter.charAt(0);
    Value.Textual text = content(call, "ansible.csv");
    int column = column(call.get("col", Value.number(1)));
    int keyColumn = column(call.get("keycol", Value.number(0)));
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      Value hit = call.get("default", Value.text(""));
      for (List<String> row : rows(text.reveal(), separator)) {
        if (row.size() > keyColumn && row.get(keyColumn).equals(Printed.str(term))) {
          if (row.size() <= column) {
            throw new PythonError("has no column " + column + " in that row");
          }
          hit = text.with(row.get(column));
          break;
        }
      }
      found.add(hit);
    }
    return found;
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
      } else if (c == '"') {
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
