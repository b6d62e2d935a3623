package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The user that gathers and its environment. */
final class UserFacts {

  private UserFacts() {}

  static Map<String, Value> of(Report report) {
    List<String> lines = report.lines("user");
    if (lines.size() < 3) {
      return Map.of();
    }
    Value uid = Value.number(Long.parseLong(lines.get(0)));
    Value gid = Value.number(Long.parseLong(lines.get(1)));
    Map<String, Value> facts = new TreeMap<>();
    facts.put("user_id", Value.text(lines.get(2)));
    facts.put("user_uid", uid);
    facts.put("user_gid", gid);
    facts.put("real_user_id", uid);
    facts.put("effective_user_id", uid);
    facts.put("real_group_id", gid);
    facts.put("effective_group_id", gid);
    List<String> entry = lines.size() > 3 ? Report.fields(lines.get(3), ":") : List.of();
    if (entry.size() > 6) {
      facts.put("user_gecos", Value.text(entry.get(4)));
      facts.put("user_dir", Value.text(entry.get(5)));
      facts.put("user_shell", Value.text(entry.get(6)));
    }
    return facts;
  }

  /** The environment; a line end inside a value travels as a unit separator. */
  static Map<String, Value> environment(Report report) {
    Map<String, Value> variables = new LinkedHashMap<>();
    for (String line : report.lines("env")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        variables.put(
            line.substring(0, equals),
            Value.text(line.substring(equals + 1).replace('\u001f', '\n')));
      }
    }
    return Map.of("env", Value.Dict.ofTexts(variables));
  }
}
