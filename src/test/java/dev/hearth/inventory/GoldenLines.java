package dev.hearth.inventory;

import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The lines of a golden file among the test resources, comments left out. */
public final class GoldenLines {

  private GoldenLines() {}

  /** The lines of a resource below {@code inventory/}. */
  public static List<String> of(String name) throws IOException {
    try (InputStream file = GoldenLines.class.getResourceAsStream("/inventory/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  /** The text that the part of a line before the tab spells. */
  static String input(String line) {
    return ((Value.Text) Json.read(line.substring(0, line.indexOf('\t')))).value();
  }

  /** What is expected of it: the part after the tab. */
  static String expected(String line) {
    return line.substring(line.indexOf('\t') + 1);
  }
}
