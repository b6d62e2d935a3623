package dev.hearth.yaml;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Builds scalar nodes: their type and where their text starts. */
final class ScalarComposer {

  private final Source source;
  private final Lines lines;

  ScalarComposer(Source source, Lines lines) {
    this.source = source;
    this.lines = lines;
  }

  Node.Scalar of(ScalarEvent event) {
    Location at = Composer.place(source, event.getStartMark());
    String tag = event.getTag();
    String text = event.getValue();
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    Node.Type type;
    if (tag == null) {
      type = plain ? Scalars.typeOfPlain(text) : Node.Type.TEXT;
    } else {
      type = tagged(tag, text, at);
    }
    return new Node.Scalar(at, text, type, textAt(event, at), plain, Tags.UNSAFE.equals(tag));
  }

  private static Node.Type tagged(String tag, String text, Location at) {
    return switch (tag) {
      case "!", Tags.UNSAFE, Tags.CORE + "str" -> Node.Type.TEXT;
      case Tags.VAULT, Tags.VAULT_ENCRYPTED -> Node.Type.VAULT;
      case Tags.CORE + "null" -> Node.Type.NULL;
      case Tags.CORE + "bool" -> require(Node.Type.BOOL, tag, text, at);
      case Tags.CORE + "int" -> require(Node.Type.INT, tag, text, at);
      case Tags.CORE + "float" ->
          Scalars.typeOfPlain(text) == Node.Type.INT
              ? Node.Type.REAL
              : require(Node.Type.REAL, tag, text, at);
      default -> throw Tags.refused(tag, at, "a single value").failure();
    };
  }

  private static Node.Type require(Node.Type type, String tag, String text, Location at) {
    if (Scalars.typeOfPlain(text) == type) {
      return type;
    }
    throw Diagnostic.error(
            at, "this value is not what its tag !!" + tag.substring(Tags.CORE.length()) + " says")
        .because("the tag forces a type that this text does not have")
        .next("remove the tag or correct the value")
        .failure();
  }

  private Location textAt(ScalarEvent event, Location at) {
    // The mark of a node with a tag or an anchor stands before these; the text follows them.
    Location start = afterProperties(event, at);
    return switch (event.getScalarStyle()) {
      case SINGLE_QUOTED, DOUBLE_QUOTED -> start.plus(0, 1);
      case LITERAL, FOLDED -> new Location(source, start.line() + 1, indentation(start.line() + 1));
      default -> start;
    };
  }

  private Location afterProperties(ScalarEvent event, Location at) {
    if (event.getTag() == null && event.getAnchor() == null) {
      return at;
    }
    String line = lines.line(at.line());
    int index = Math.min(at.column() - 1, line.length());
    while (index < line.length() && (line.charAt(index) == '!' || line.charAt(index) == '&')) {
      while (index < line.length() && !Character.isWhitespace(line.charAt(index))) {
        index++;
      }
      while (index < line.length() && Character.isWhitespace(line.charAt(index))) {
        index++;
      }
    }
    return new Location(source, at.line(), index + 1);
  }

  /** The column of the first character of a block scalar that starts on this line. */
  private int indentation(int first) {
    for (int number = first; number <= lines.count(); number++) {
      String line = lines.line(number);
      if (!line.isBlank()) {
        return line.length() - line.stripLeading().length() + 1;
      }
    }
    return 1;
  }
}
