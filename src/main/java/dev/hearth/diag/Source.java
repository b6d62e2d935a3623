package dev.hearth.diag;

import java.util.List;

/**
 * A text that positions point into, kept so that a diagnostic can show the line itself.
 *
 * @param name how people know it: a path, or words such as {@code command line}
 * @param text the whole text as it was read
 */
public record Source(String name, String text) {

  /** A source for texts that no file holds, such as an option of the command line. */
  public static Source of(String name, String text) {
    return new Source(name, text);
  }

  /**
   * The line with that number (from 1) without its line end, or an empty text when there is none.
   */
  public String line(int number) {
    List<String> lines = text.lines().skip(number - 1L).limit(1).toList();
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Source source && name.equals(source.name) && text.equals(source.text);
  }

  /** The name alone: a text may be long, and positions are printed with their source. */
  @Override
  public String toString() {
    return name;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
