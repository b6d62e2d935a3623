package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRegex;
import dev.hearth.template.python.Tuple;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters with regular expressions. */
final class RegexFilters {

  private RegexFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "regex_replace",
            Filter.of(
                "pattern? replacement? ignorecase? multiline? count? mandatory_count?",
                RegexFilters::replace),
        "regex_search", Filter.of("regex * **", RegexFilters::search),
        "regex_findall", Filter.of("regex multiline? ignorecase?", RegexFilters::findAll),
        "regex_escape", Filter.of("re_type?", RegexFilters::escape));
  }

  private static Value replace(Call call) {
    Pattern pattern =
        PythonRegex.compile(
            call.text("pattern", ""),
            call.flag("ignorecase", false),
            call.flag("multiline", false));
    String text = call.inputText();
    String replacement = call.text("replacement", "");
    int most = call.number("count", 0);
    Matcher match = PythonRegex.matcher(pattern, text);
    StringBuilder made = new StringBuilder();
    int from = 0;
    int done = 0;
    while ((most <= 0 || done < most) && match.find()) {
      made.append(text, from, match.start()).append(PythonRegex.expand(replacement, match));
      from = match.end();
      done++;
    }
    int wanted = call.number("mandatory_count", 0);
    if (wanted > 0 && wanted != done) {
      throw new PythonError("needs " + wanted + " replacements, not " + done);
    }
    return Value.text(made.append(text.substring(from)).toString());
  }

  private static Value search(Call call) {
    List<Value> arguments = call.rest();
    boolean ignoreCase = truth(call, "ignorecase");
    Pattern pattern = PythonRegex.compile(call.text("regex"), ignoreCase, truth(call, "multiline"));
    Matcher match = PythonRegex.matcher(pattern, call.inputText());
    List<String> names = arguments.stream().map(one -> groupName(Printed.str(one))).toList();
    if (!match.find()) {
      return Value.NULL;
    }
    if (names.isEmpty()) {
      return Value.text(match.group());
    }
    List<Value> groups = new ArrayList<>();
    for (String name : names) {
      groups.add(Value.text(PythonRegex.group(name, match)));
    }
    return new Value.Seq(groups);
  }

  private static boolean truth(Call call, String name) {
    return dev.hearth.template.python.Truth.of(
        call.keywords().getOrDefault(name, Value.Bool.FALSE));
  }

  /** {@code \1}, {@code \g<1>} or {@code \g<name>}. */
  private static String groupName(String written) {
    Matcher group = Pattern.compile("\\\\(?:g<(\\w+)>|(\\d+))").matcher(written);
    if (!group.matches()) {
      throw new PythonError(
          "does not know the argument '"
              + written
              + "': write \\1 or \\g<name>, with two backslashes only where the file is a"
              + " template");
    }
    return group.group(1) != null ? group.group(1) : group.group(2);
  }

  private static Value findAll(Call call) {
    Pattern pattern =
        PythonRegex.compile(
            call.text("regex"), call.flag("ignorecase", false), call.flag("multiline", false));
    Matcher match = PythonRegex.matcher(pattern, call.inputText());
    List<Value> found = new ArrayList<>();
    while (match.find()) {
      List<Value> groups = new ArrayList<>();
      for (int i = 1; i <= match.groupCount(); i++) {
        groups.add(Value.text(match.group(i) == null ? "" : match.group(i)));
      }
      found.add(
          switch (groups.size()) {
            case 0 -> Value.text(match.group());
            case 1 -> groups.getFirst();
            default -> new Tuple(groups);
          });
    }
    return new Value.Seq(found);
  }

  private static Value escape(Call call) {
    String special =
        switch (call.text("re_type", "python")) {
          case "python" -> "()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f";
          case "posix_basic" -> "[].^$*\\";
          default -> throw new PythonError("has the types python and posix_basic");
        };
    StringBuilder made = new StringBuilder();
    for (char c : call.inputText().toCharArray()) {
      if (special.indexOf(c) >= 0) {
        made.append('\\');
      }
      made.append(c);
    }
    return Value.text(made.toString());
  }
}
