package dev.hearth.module;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Something that Ansible's collections document and a module of ours leaves out.
 *
 * @param module its full name
 * @param kind parameter, choice or value
 * @param name what
 * @param why the reason
 */
record LeftOut(String module, String kind, String name, String why) {

  private static final Path FILE = Path.of("src/test/resources/compatibility/modules-left-out.tsv");

  static List<LeftOut> all() throws IOException {
    return Files.readAllLines(FILE).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .map(parts -> new LeftOut(parts[0], parts[1], parts[2], parts[3]))
        .toList();
  }

  String key() {
    return module + "\t" + kind + "\t" + name;
  }
}
