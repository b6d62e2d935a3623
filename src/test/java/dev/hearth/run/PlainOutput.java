package dev.hearth.run;

import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Output without what is different each time: directories, times, the parts of results that only
 * Ansible's own machinery has, and the explanations of errors, which Ansible writes between the
 * results and Hearth to standard error.
 */
record PlainOutput(List<String> lines) {

  private static final Pattern RESULT = Pattern.compile("(.* => )(\\{.*})");

  /** The first line behind an explanation. */
  private static final Pattern AFTER =
      Pattern.compile(
          "(fatal|failed|FAILED|ok|changed|skipping|included|TASK|PLAY)( - |: \\[| RECAP| \\[)"
              + "|\\S+ \\| [A-Z]+|task path: ");

  /** What Ansible says of its own files, plugins and connections with -vv and more. */
  private static final Pattern ABOUT_ANSIBLE =
      Pattern.compile(
          "ansible-playbook \\[core .*|  (config file|configured module|ansible python|ansible"
              + " collection|executable|python version|jinja version|pyyaml version)"
              + " .*|setting up inventory plugins|Loading (collection|callback plugin) .*|Skipping"
              + " callback .*|.* declined parsing .*|Parsed .* inventory source with .*|statically"
              + " imported: .*|Using module file .*|<.*> (ESTABLISH .*|EXEC|PUT|FETCH) .*");

  /** A time in a result of several lines. */
  private static final Pattern TIME = Pattern.compile("\\s+\"?(delta|start|end)\"?: .*");

  /** The id of a detached job. */
  private static final Pattern JOB = Pattern.compile("\\bj\\d{12}\\.\\d+\\b");

  private static final Set<String> VOLATILE =
      Set.of("invocation", "delta", "start", "end", "exception", "warnings", "deprecations");

  static PlainOutput of(String output, String directory) {
    List<String> lines = new ArrayList<>();
    boolean explaining = false;
    for (String line :
        JOB.matcher(output.replace(directory, "HERE")).replaceAll("JOB").split("\n", -1)) {
      explaining = line.startsWith("[ERROR]: ") || (explaining && !AFTER.matcher(line).lookingAt());
      boolean noise = ABOUT_ANSIBLE.matcher(line).matches() || TIME.matcher(line).matches();
      if (!explaining && !noise) {
        lines.add(plain(line));
      }
    }
    return new PlainOutput(once(lines));
  }

  /** Ansible may say twice in a row that no hosts are left. */
  private static List<String> once(List<String> lines) {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      int before = kept.size() - 2;
      boolean again =
          line.startsWith("NO MORE HOSTS LEFT") && before >= 0 && kept.get(before).equals(line);
      if (again) {
        kept.removeLast();
      } else {
        kept.add(line);
      }
    }
    return kept;
  }

  private static String plain(String line) {
    Matcher result = RESULT.matcher(line);
    if (!result.matches() || result.group(1).contains("(item=") && !line.contains(") => ")) {
      return line;
    }
    return result.group(1)
        + Json.write(without(Json.read(result.group(2))), Json.Style.PLAIN.sort());
  }

  private static Value without(Value value) {
    return switch (value) {
      case Value.Dict dict -> {
        Map<Value, Value> kept = new LinkedHashMap<>();
        dict.entries()
            .forEach(
                (key, item) -> {
                  if (!(key instanceof Value.Text name && VOLATILE.contains(name.value()))) {
                    kept.put(key, without(item));
                  }
                });
        yield new Value.Dict(kept);
      }
      case Value.Seq list ->
          new Value.Seq(list.items().stream().map(PlainOutput::without).toList());
      default -> value;
    };
  }
}
