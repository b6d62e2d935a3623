package dev.hearth.diag;

import java.util.List;

/**
 * A text that positions point into, kept so that a diagnostic can show the line itself.
 *
 * @param name how people know it: a path, or words such as {@code command line}
 * @param text the whole text as it was read
 * @param secret whether the text was decrypted, so that none of it may be shown
 * @param repeatedKeys what becomes of a mapping in it that has a key twice
 */
public record Source(String name, String text, boolean secret, RepeatedKeys repeatedKeys) {

  /** A source whose mappings have each key once. */
  public Source(String name, String text, boolean secret) {
    this(name, text, secret, RepeatedKeys.REFUSED);
  }

  /** A source that may be shown. */
  public Source(String name, String text) {
    this(name, text, false);
  }

  /** A source for texts that no file holds, such as an option of the command line. */
  public static Source of(String name, String text) {
    return new Source(name, text);
  }

  /** The same text, read with that tolerance for keys that stand twice. */
  public Source with(RepeatedKeys tolerance) {
    return new Source(name, text, secret, tolerance);
  }

  /**
   * The line with that number (from 1) without its line end, as it may be shown: an empty text when
   * there is none, or when the source is secret.
   */
  public String line(int number) {
    if (secret) {
      return "";
    }
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
