package dev.hearth.module.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the gathering script printed, cut at its section marks (four at signs, a blank and the
 * section's name on a line).
 *
 * @param sections text by section name, in order
 */
public record Report(Map<String, String> sections) {

  /** Cuts the output of {@code gather.sh}. */
  static Report of(String output) {
    Map<String, String> sections = new LinkedHashMap<>();
    for (String part : output.split("(?m)^@@@@ ", -1)) {
      int end = part.indexOf('\n');
      if (end > 0) {
        sections.merge(part.substring(0, end), part.substring(end + 1), String::concat);
      }
    }
    return new Report(sections);
  }

  /** Whether the section is there. */
  boolean has(String section) {
    return sections.containsKey(section);
  }

  /** The text of a section; empty when it is not there. */
  String text(String section) {
    return sections.getOrDefault(section, "");
  }

  /** The lines of a section. */
  List<String> lines(String section) {
    return text(section).lines().toList();
  }

  /** The first line of a section without blanks around it, if there is one. */
  Optional<String> first(String section) {
    return text(section).lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst();
  }

  /** The content of a file that a section printed as {@code path:line}, if it was readable. */
  Optional<String> file(String section, String path) {
    String start = path + ":";
    List<String> lines =
        text(section)
            .lines()
            .filter(line -> line.startsWith(start))
            .map(line -> line.substring(start.length()))
            .toList();
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines).strip());
  }

  /** The content of one of the files that are always asked for. */
  Optional<String> file(String path) {
    return file("files", path).filter(content -> !content.isEmpty());
  }

  /** Whether a path or a {@code command name} was found. */
  boolean exists(String what) {
    return lines("exists").contains(what);
  }

  /** Contents by path for all {@code path:line} lines of a section, one line each. */
  Map<String, String> files(String section) {
    Map<String, String> contents = new LinkedHashMap<>();
    for (String line : lines(section)) {
      int colon = separator(line);
      if (colon > 0) {
        contents.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return contents;
  }

  /**
   * Where the path ends: device directories have colons in their names, attribute names have not.
   */
  private static int separator(String line) {
    int slash = 0;
    for (int colon = line.indexOf(':'); colon > 0; colon = line.indexOf(':', colon + 1)) {
      slash = line.lastIndexOf('/', colon);
      if (line.substring(slash + 1, colon).matches("[a-z_]+")) {
        return colon;
      }
    }
    return -1;
  }

  /** {@code KEY=value} lines of a file such as os-release, quotes removed. */
  Map<String, String> assignments(String path) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String line : file(path).orElse("").split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        found.put(line.substring(0, equals).strip(), unquoted(line.substring(equals + 1).strip()));
      }
    }
    return found;
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.startsWith("\"") || text.startsWith("'"))
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** The words of a line. */
  static List<String> words(String line) {
    return Stream.of(line.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  /** The parts of a line between separators, empty ones kept. */
  static List<String> fields(String line, String separator) {
    return new ArrayList<>(Arrays.asList(line.split(java.util.regex.Pattern.quote(separator), -1)));
  }
}
