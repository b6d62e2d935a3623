package dev.hearth.yaml;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * Changes one value in a YAML text; every other character stays as it is. A value is written as a
 * text, whatever it looks like: in double quotes, and several lines as a block where they stand at
 * the first level.
 */
public final class YamlEdit {

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;

  private YamlEdit() {}

  /**
   * The text with another value in a scalar's place.
   *
   * @param source a text that can be read as YAML
   * @param scalar one of its nodes
   * @throws dev.hearth.diag.HearthException if the value has a tag or an anchor: more than the text
   *     would change
   */
  public static String replaced(Source source, Node.Scalar scalar, String value) {
    ScalarEvent event = event(source, scalar.at());
    if (event.getAnchor() != null || event.getTag() != null) {
      throw Diagnostic.error(scalar.at(), "this value is written with a tag or an anchor")
          .exit(ExitCode.INVALID)
          .because("others may refer to it, or it is not a text")
          .next("change it in the editor: hearth vault edit")
          .failure();
    }
    String text = source.text();
    int mark = text.startsWith("\uFEFF") ? 1 : 0;
    int from = text.offsetByCodePoints(mark, event.getStartMark().getIndex());
    int to = text.offsetByCodePoints(mark, event.getEndMark().getIndex());
    boolean empty = from == to;
    // The end of a block is where the next line begins.
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(0, from) + (empty ? " " : "") + quoted(value) + text.substring(to);
  }

  private static ScalarEvent event(Source source, Location at) {
    String text = source.text();
    String read = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (Event event : new Yaml().parse(new StringReader(read))) {
      if (event instanceof ScalarEvent scalar
          && Composer.place(source, event.getStartMark()).equals(at)) {
        return scalar;
      }
    }
    throw new IllegalArgumentException("no scalar of this source");
  }

  /**
   * The text with one more key at its end.
   *
   * @param key of letters, digits and {@code _}
   */
  public static String added(Source source, String key, String value) {
    String text = source.text();
    String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    String gap = text.isEmpty() || text.endsWith("\n") ? "" : lineEnd;
    String written = block(value, lineEnd).orElseGet(() -> quoted(value));
    return text + gap + key + ": " + written + lineEnd;
  }

  /** Several lines as they are, if a block scalar can hold them. */
  private static Optional<String> block(String value, String lineEnd) {
    boolean ended = value.endsWith("\n");
    String body = ended ? value.substring(0, value.length() - 1) : value;
    boolean fits =
        body.contains("\n")
            && !body.endsWith("\n")
            && !Character.isWhitespace(body.charAt(0))
            && body.codePoints().allMatch(c -> c == '\n' || isPlain(c));
    return fits
        ? Optional.of((ended ? "|" : "|-") + lineEnd + "  " + body.replace("\n", lineEnd + "  "))
        : Optional.empty();
  }

  /** What stands in a text as it is: printable, and no line end of any kind. */
  private static boolean isPlain(int character) {
    return character >= FIRST_PRINTABLE
        && !(character >= DELETE && character <= LAST_CONTROL)
        && character != 0x2028
        && character != 0x2029
        && character != 0xfeff
        && character != 0xfffe
        && character != 0xffff
        && !(character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
  }

  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '"', '\\' -> text.append('\\').appendCodePoint(character);
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                  if (isPlain(character)) {
                    text.appendCodePoint(character);
                  } else {
                    text.append("\\U%08x".formatted(character));
                  }
                }
              }
            });
    return text.append('"').toString();
  }
}
