package dev.hearth.module.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a table of file systems (fstab(5)). Lines that are not touched stay as they are.
 *
 * @param lines without line ends
 */
record Fstab(List<String> lines) {

  /**
   * One file system.
   *
   * @param src device or share
   * @param path mount point
   * @param type of the file system
   * @param options with commas
   * @param dump fifth field
   * @param passno sixth field
   */
  record Entry(String src, String path, String type, String options, String dump, String passno) {

    String line() {
      return String.join(
          " ", escaped(src), escaped(path), escaped(type), escaped(options), dump, passno);
    }
  }

  Fstab {
    lines = List.copyOf(lines);
  }

  /** With this entry instead of the one for the same mount point, or behind all. */
  Fstab with(Entry entry) {
    List<String> edited = new ArrayList<>();
    boolean found = false;
    for (String line : lines) {
      if (!is(line, entry.path(), Optional.of(entry.src()))) {
        edited.add(line);
        continue;
      }
      found = true;
      List<String> now = fields(line);
      List<String> wanted = fields(entry.line());
      edited.add(now.equals(wanted) ? line : entry.line());
    }
    if (!found) {
      edited.add(entry.line());
    }
    return new Fstab(edited);
  }

  /** Without the entries for that mount point. */
  Fstab without(String path, Optional<String> src) {
    return new Fstab(lines.stream().filter(line -> !is(line, path, src)).toList());
  }

  /** As text; empty without lines. */
  String text() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** Swap has no mount point, so there the source tells entries apart. */
  private static boolean is(String line, String path, Optional<String> src) {
    List<String> fields = fields(line);
    if (fields.size() != 6 || !fields.get(1).equals(escaped(path))) {
      return false;
    }
    boolean swap = fields.get(1).equals("none") && fields.get(2).equals("swap");
    return !swap || src.map(given -> fields.get(0).equals(escaped(given))).orElse(true);
  }

  /** Six fields, those left out filled in; none for a comment and for what is no entry. */
  private static List<String> fields(String line) {
    String text = line.split("#", 2)[0].strip();
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> fields = new ArrayList<>(List.of(text.split("\\s+")));
    if (fields.size() < 4 || fields.size() > 6) {
      return List.of();
    }
    while (fields.size() < 6) {
      fields.add("0");
    }
    return fields;
  }

  private static String escaped(String field) {
    return field
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("&", "\\046");
  }
}
