package dev.hearth.module.setup;

import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Local facts: JSON, or INI whose values stay texts; a file that is neither tells so as its value.
 */
final class LocalFacts {

  private LocalFacts() {}

  static Map<String, Value> of(Report report) {
    Map<String, Value> facts = new LinkedHashMap<>();
    report
        .sections()
        .forEach(
            (section, text) -> {
              if (section.startsWith("local ")) {
                facts.put(section.substring("local ".length()), read(text));
              } else if (section.startsWith("localfailed ")) {
                String rest = section.substring("localfailed ".length());
                int blank = rest.lastIndexOf(' ');
                facts.put(
                    rest.substring(0, blank),
                    Value.text("error: the fact's program ended with" + rest.substring(blank)));
              }
            });
    return Map.of("local", Value.Dict.ofTexts(facts));
  }

  private static Value read(String text) {
    try {
      return JsonReader.read(text);
    } catch (IllegalArgumentException notJson) {
      return ini(text)
          .orElseGet(
              () -> Value.text("error: neither JSON nor INI (" + notJson.getMessage() + ")"));
    }
  }

  private static Optional<Value> ini(String text) {
    Map<String, Map<String, Value>> sections = new LinkedHashMap<>();
    Map<String, Value> section = null;
    for (String written : text.split("\n", -1)) {
      String line = written.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section =
            sections.computeIfAbsent(
                line.substring(1, line.length() - 1), name -> new LinkedHashMap<>());
        continue;
      }
      int sign = separator(line);
      if (section == null || sign < 1) {
        return Optional.empty();
      }
      section.put(
          line.substring(0, sign).strip().toLowerCase(java.util.Locale.ROOT),
          Value.text(line.substring(sign + 1).strip()));
    }
    Map<String, Value> all = new LinkedHashMap<>();
    sections.forEach((name, entries) -> all.put(name, Value.Dict.ofTexts(entries)));
    return Optional.of(Value.Dict.ofTexts(all));
  }

  private static int separator(String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    if (equals < 0 || colon < 0) {
      return Math.max(equals, colon);
    }
    return Math.min(equals, colon);
  }
}
