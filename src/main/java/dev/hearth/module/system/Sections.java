package dev.hearth.module.system;

import java.util.List;

/**
 * What a probe printed, cut at its marks (four at signs, each on a line of its own).
 *
 * @param parts the texts between them
 */
record Sections(List<String> parts) {

  static Sections of(String output) {
    return new Sections(List.of(output.split("(?m)^@@@@\n", -1)));
  }

  /** The n-th part without a final line end; empty when the probe did not come that far. */
  String get(int index) {
    return index < parts.size() ? parts.get(index).stripTrailing() : "";
  }

  /** The n-th part as lines. */
  List<String> lines(int index) {
    return get(index).lines().toList();
  }
}
