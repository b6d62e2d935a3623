package dev.hearth.diag;

/**
 * A place in a source.
 *
 * @param source the text
 * @param line from 1
 * @param column from 1, counted in characters
 */
public record Location(Source source, int line, int column) {

  /** The first character of a source. */
  public static Location startOf(Source source) {
    return new Location(source, 1, 1);
  }

  /** The place {@code lines} further down and {@code columns} further right. */
  public Location plus(int lines, int columns) {
    return new Location(source, line + lines, column + columns);
  }

  /** {@code file:line:column}, which terminals and editors turn into a link. */
  @Override
  public String toString() {
    return source.name() + ":" + line + ":" + column;
  }
}
