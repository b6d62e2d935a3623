package dev.hearth.run;

import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters that ansible-core 2.19 and the collections of Debian's package {@code ansible}
 * declare for the modules that Hearth has; {@code bench/record-parameters} made the table.
 */
final class ParameterTable {

  private static final String TABLE = "parameters.tsv";

  /**
   * One parameter.
   *
   * @param type Ansible's name of its type
   * @param elements the type of a list's elements; {@code raw} when there is none
   * @param otherwise what it is when nobody gives it
   * @param secret whether Ansible never shows it
   */
  record Row(
      String name,
      List<String> aliases,
      String type,
      String elements,
      Value otherwise,
      boolean secret) {}

  private final Map<String, List<Row>> modules;

  private ParameterTable(Map<String, List<Row>> modules) {
    this.modules = modules;
  }

  static ParameterTable load() {
    Map<String, List<Row>> modules = new HashMap<>();
    try (InputStream table = ParameterTable.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException(TABLE + " is not in the program");
      }
      new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .forEach(
              fields ->
                  modules.computeIfAbsent(fields[0], key -> new ArrayList<>()).add(row(fields)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new ParameterTable(modules);
  }

  private static Row row(String[] fields) {
    String[] type = fields[3].split("/", 2);
    return new Row(
        fields[1],
        fields[2].isEmpty() ? List.of() : List.of(fields[2].split(",")),
        type[0],
        type.length > 1 ? type[1] : "raw",
        Json.read(fields[4]),
        !fields[5].isEmpty());
  }

  /** A module's parameters in the order of their names; none when it is not in the table. */
  List<Row> of(String module) {
    return modules.getOrDefault(module, List.of());
  }
}
