package dev.hearth.fact;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a probe printed in parts, each behind a line with an at sign and its name. */
public final class MarkedLines {

  private MarkedLines() {}

  /** The lines of each part; those before the first mark are nobody's. */
  public static Map<String, List<String>> of(String text) {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("@")) {
        lines = new ArrayList<>();
        parts.put(line.substring(1), lines);
      } else {
        lines.add(line);
      }
    }
    return parts;
  }
}
