package dev.hearth.module.xml;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the last step of a simple expression asks to be there, so that it can be made.
 *
 * @param parent the expression in front of it
 * @param kind what is asked for
 * @param name of the element or attribute; empty for a text
 * @param value the text or the attribute's value
 * @param parts for an element with conditions: each of them
 */
record XmlTarget(
    String parent, Kind kind, String name, Optional<String> value, List<String> parts) {

  private static final String PLAIN = "[a-zA-Z-][a-zA-Z0-9_\\-.]*";
  private static final String NAME = "(?:" + PLAIN + ":)?" + PLAIN;
  private static final String QUOTED = "(?:'(?<single>.*)'|\"(?<double>.*)\")";
  private static final Pattern ELEMENT =
      Pattern.compile("(?<parent>.*)/(?<name>" + NAME + ")(?:/text\\(\\)=" + QUOTED + ")?");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?<parent>.*)/@(?<name>" + NAME + ")(?:=" + QUOTED + ")?");
  private static final Pattern CONDITIONS =
      Pattern.compile("(?<parent>.*)/(?<name>" + NAME + ")\\[(?<parts>.*)]");
  private static final Pattern TEXT = Pattern.compile("(?<parent>.*)/text\\(\\)=" + QUOTED);

  /** Kinds of what can be made. */
  enum Kind {
    /** An element, perhaps with a text. */
    ELEMENT,
    /** An attribute, perhaps with a value. */
    ATTRIBUTE,
    /** An element that meets conditions. */
    CONDITIONS,
    /** The text of the element in front. */
    TEXT
  }

  /** What can be made of the expression; empty when it is not simple enough. */
  static Optional<XmlTarget> of(String expression) {
    String text = expression.strip();
    Matcher match = ELEMENT.matcher(text);
    if (match.matches()) {
      return target(match, Kind.ELEMENT);
    }
    match = ATTRIBUTE.matcher(text);
    if (match.matches()) {
      return target(match, Kind.ATTRIBUTE);
    }
    match = CONDITIONS.matcher(text);
    if (match.matches()) {
      return Optional.of(
          new XmlTarget(
              match.group("parent"),
              Kind.CONDITIONS,
              match.group("name"),
              Optional.empty(),
              Arrays.stream(match.group("parts").split(" and ", -1)).map(String::strip).toList()));
    }
    match = TEXT.matcher(text);
    return match.matches()
        ? Optional.of(new XmlTarget(match.group("parent"), Kind.TEXT, "", quoted(match), List.of()))
        : Optional.empty();
  }

  private static Optional<XmlTarget> target(Matcher match, Kind kind) {
    return Optional.of(
        new XmlTarget(match.group("parent"), kind, match.group("name"), quoted(match), List.of()));
  }

  private static Optional<String> quoted(Matcher match) {
    return Optional.ofNullable(match.group("single"))
        .or(() -> Optional.ofNullable(match.group("double")));
  }
}
