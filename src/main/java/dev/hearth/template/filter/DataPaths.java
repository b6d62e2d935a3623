package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters of {@code ansible.utils} that name what is deep inside of data by a path. */
final class DataPaths {

  private static final Pattern STEP =
      Pattern.compile(
          "\\.?([A-Za-z_][A-Za-z0-9_]*)|\\[(-?[0-9]+)]|\\[(['\"])(.*?)\\3]|\\.([0-9]+)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private DataPaths() {}

  static Map<String, Filter> all() {
    return Map.of(
        "ansible.utils.get_path",
        Filter.passing("path wantlist?", DataPaths::found),
        "ansible.utils.to_paths",
        Filter.passing("prepend? wantlist?", DataPaths::paths));
  }

  private static Value found(Call call) {
    String path = call.text("path");
    Matcher step = STEP.matcher(path);
    Value here = call.input();
    int read = 0;
    while (read < path.length()) {
      if (!step.find(read) || step.start() != read) {
        throw new PythonError("cannot read the path '" + path + "'");
      }
      here = call.engine().item(here, key(step));
      read = step.end();
    }
    Value whole = call.engine().resolve(here);
    boolean list = call.flag("wantlist", false) && !(whole instanceof Value.Seq);
    return list ? new Value.Seq(List.of(whole)) : whole;
  }

  private static Value key(Matcher step) {
    if (step.group(1) != null) {
      return Value.text(step.group(1));
    }
    if (step.group(4) != null) {
      return Value.text(step.group(4));
    }
    return Value.number(Long.parseLong(step.group(2) != null ? step.group(2) : step.group(5)));
  }

  private static Value paths(Call call) {
    Map<String, Value> all = new LinkedHashMap<>();
    collect(call.text("prepend", ""), call.engine().resolve(call.input()), all);
    Value.Dict paths = Value.Dict.ofTexts(all);
    return call.flag("wantlist", false) ? new Value.Seq(List.of(paths)) : paths;
  }

  private static void collect(String path, Value value, Map<String, Value> all) {
    List<Value> items = Sequences.view(value);
    Map<Value, Value> entries = Mappings.view(value);
    if (entries != null && !entries.isEmpty()) {
      entries.forEach((key, item) -> collect(path + step(path, Printed.str(key)), item, all));
    } else if (items != null && !items.isEmpty()) {
      for (int i = 0; i < items.size(); i++) {
        collect(path + "[" + i + "]", items.get(i), all);
      }
    } else {
      all.put(path, value);
    }
  }

  private static String step(String path, String key) {
    if (NAME.matcher(key).matches()) {
      return path.isEmpty() ? key : "." + key;
    }
    return key.contains("'") ? "[\"" + key + "\"]" : "['" + key + "']";
  }
}
