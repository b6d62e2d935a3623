package dev.hearth.module.packages;

import java.util.Map;
import java.util.TreeMap;

/**
 * A file of repositories as the package managers of Red Hat's family read it.
 *
 * @param sections settings by the ids of the repositories, sorted
 */
record RepositoryFile(Map<String, Map<String, String>> sections) {

  static RepositoryFile of(String text) {
    Map<String, Map<String, String>> sections = new TreeMap<>();
    Map<String, String> section = new TreeMap<>();
    String last = "";
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[") && line.contains("]")) {
        section = new TreeMap<>();
        sections.put(line.substring(1, line.indexOf(']')), section);
      } else if (Character.isWhitespace(line.charAt(0)) && !last.isEmpty()) {
        section.merge(last, line.strip(), (before, more) -> before + "\n" + more);
      } else if (line.indexOf('=') > 0) {
        last = line.substring(0, line.indexOf('=')).strip();
        section.put(last, line.substring(line.indexOf('=') + 1).strip());
      }
    }
    return new RepositoryFile(sections);
  }

  RepositoryFile without(String id) {
    Map<String, Map<String, String>> others = new TreeMap<>(sections);
    others.remove(id);
    return new RepositoryFile(others);
  }

  RepositoryFile with(String id, Map<String, String> settings) {
    Map<String, Map<String, String>> all = new TreeMap<>(sections);
    all.put(id, settings);
    return new RepositoryFile(all);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    sections.forEach(
        (id, settings) -> {
          text.append("[").append(id).append("]\n");
          settings.forEach(
              (name, value) ->
                  text.append(name).append(" = ").append(value.replace("\n", "\n\t")).append("\n"));
          text.append("\n");
        });
    return text.toString();
  }
}
