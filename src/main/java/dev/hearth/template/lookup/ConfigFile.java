package dev.hearth.template.lookup;

import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Splitting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An INI file as Python's {@code configparser} reads it: full-line comments, values that go on in
 * indented lines, a section {@code DEFAULT} behind all others, {@code %(name)s} for other options.
 */
final class ConfigFile {

  private static final String DEFAULT = "DEFAULT";
  private static final int DEEPEST = 10;
  private static final Pattern HEADER = Pattern.compile("\\[(.+)\\].*");
  private static final Pattern OPTION = Pattern.compile("(.*?)\\s*(?:([=:])\\s*(.*))?");

  private final Map<String, Map<String, @Nullable String>> sections = new LinkedHashMap<>();
  private final boolean caseCounts;
  private final boolean allowNoValue;
  private final boolean interpolates;

  /**
   * Reads a file.
   *
   * @throws PythonError with the line when it does not follow the format
   */
  ConfigFile(String text, boolean caseCounts, boolean allowNoValue, boolean interpolates) {
    this.caseCounts = caseCounts;
    this.allowNoValue = allowNoValue;
    this.interpolates = interpolates;
    sections.put(DEFAULT, new LinkedHashMap<>());
    read(Splitting.lines(text, false));
  }

  private void read(List<String> lines) {
    Map<String, @Nullable List<String>> open = new LinkedHashMap<>();
    String section = "";
    List<String> value = null;
    int indent = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String stripped = line.strip();
      if (stripped.startsWith("#") || stripped.startsWith(";")) {
        continue;
      }
      if (stripped.isEmpty()) {
        if (value != null) {
          value.add("");
        }
        continue;
      }
      int depth = line.length() - line.stripLeading().length();
      if (value != null && depth > indent) {
        value.add(stripped);
        continue;
      }
      indent = depth;
      Matcher header = HEADER.matcher(stripped);
      if (header.matches()) {
        close(section, open);
        section = begin(header.group(1), i + 1);
        open = new LinkedHashMap<>();
        value = null;
      } else if (section.isEmpty()) {
        throw new PythonError("cannot read the file: line " + (i + 1) + " is before any [section]");
      } else {
        value = option(stripped, i + 1, open);
      }
    }
    close(section, open);
  }

  private String begin(String name, int line) {
    if (!name.equals(DEFAULT) && sections.containsKey(name)) {
      throw new PythonError("cannot read the file: section [" + name + "] again in line " + line);
    }
    sections.putIfAbsent(name, new LinkedHashMap<>());
    return name;
  }

  private @Nullable List<String> option(
      String line, int number, Map<String, @Nullable List<String>> open) {
    Matcher option = OPTION.matcher(line);
    if (!option.matches() || option.group(1).isEmpty()) {
      throw new PythonError("cannot read line " + number + " of the file: it has no option");
    }
    if (option.group(2) == null && !allowNoValue) {
      throw new PythonError("cannot read line " + number + " of the file: it has no '='");
    }
    String name = key(option.group(1));
    if (open.containsKey(name)) {
      throw new PythonError("cannot read the file: option '" + name + "' again in line " + number);
    }
    List<String> value = option.group(2) == null ? null : new ArrayList<>(List.of(option.group(3)));
    open.put(name, value);
    return value;
  }

  private void close(String section, Map<String, @Nullable List<String>> open) {
    Map<String, @Nullable String> options = sections.get(section);
    if (options != null) {
      open.forEach(
          (name, lines) ->
              options.put(name, lines == null ? null : String.join("\n", lines).stripTrailing()));
    }
  }

  private String key(String name) {
    return caseCounts ? name : name.toLowerCase(Locale.ROOT);
  }

  /** Whether the file has the section. */
  boolean has(String section) {
    return sections.containsKey(section) && !section.equals(DEFAULT);
  }

  /** The options of a section and of {@code DEFAULT}; the value of one without a value is null. */
  Map<String, @Nullable String> options(String section) {
    Map<String, @Nullable String> raw = raw(section);
    Map<String, @Nullable String> made = new LinkedHashMap<>();
    raw.forEach((name, value) -> made.put(name, value == null ? null : filled(value, raw, 0)));
    return made;
  }

  private Map<String, @Nullable String> raw(String section) {
    Map<String, @Nullable String> raw =
        new LinkedHashMap<>(sections.getOrDefault(DEFAULT, Map.of()));
    raw.putAll(sections.getOrDefault(section, Map.of()));
    return raw;
  }

  /** Whether the section or {@code DEFAULT} has the option. */
  boolean has(String section, String option) {
    return raw(section).containsKey(key(option));
  }

  /** The value of an option; null when it has none. */
  @Nullable String value(String section, String option) {
    Map<String, @Nullable String> raw = raw(section);
    String value = raw.get(key(option));
    return value == null ? null : filled(value, raw, 0);
  }

  private String filled(String value, Map<String, @Nullable String> raw, int depth) {
    if (!interpolates || value.indexOf('%') < 0) {
      return value;
    }
    if (depth > DEEPEST) {
      throw new PythonError("has options that stand for each other without end");
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '%') {
        text.append(c);
      } else if (value.startsWith("%%", i)) {
        text.append('%');
        i++;
      } else {
        int end = value.startsWith("%(", i) ? value.indexOf(")s", i) : -1;
        String other = end < 0 ? null : raw.get(key(value.substring(i + 2, end)));
        if (other == null) {
          throw new PythonError(
              "has a '%' that begins no option's name: write %% or interpolation=false");
        }
        text.append(filled(other, raw, depth + 1));
        i = end + 1;
      }
    }
    return text.toString();
  }
}
