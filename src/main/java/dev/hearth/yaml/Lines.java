package dev.hearth.yaml;

import dev.hearth.diag.Source;
import java.util.List;

/** The lines of a source as they are, also of one whose lines must not be shown. */
final class Lines {

  private final List<String> lines;

  Lines(Source source) {
    this.lines = source.text().lines().toList();
  }

  /** The line with that number from 1; empty when there is none. */
  String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  /** The character at a column from 1; a blank when there is none. */
  char at(int line, int column) {
    String text = line(line);
    return column >= 1 && column <= text.length() ? text.charAt(column - 1) : ' ';
  }

  int count() {
    return lines.size();
  }
}
