package dev.hearth.connection;

import java.util.List;

/**
 * Words of a host that go into a message: only the last lines, and nothing that a terminal would
 * obey.
 */
final class HostText {

  private static final int LINES = 5;

  private HostText() {}

  static String lastLines(String written) {
    List<String> lines =
        written.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    return harmless(String.join("\n", last));
  }

  private static String harmless(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean control = Character.isISOControl(c) && c != '\n';
              if (control || Character.getType(c) == Character.FORMAT) {
                clean.append(String.format("\\u%04x", c));
              } else {
                clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }
}
