package dev.hearth.graph;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the fields of a declaration and notes what is wrong with them, to be told at once. */
public final class Fields {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d)?");

  private final List<Diagnostic> findings = new ArrayList<>();

  /** What was wrong so far. */
  public List<Diagnostic> findings() {
    return findings;
  }

  /** Values by their keys, as they are written. */
  public static Map<String, Located> located(Node.Mapping mapping) {
    Map<String, Located> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, value) -> {
              values.put(name.text(), Values.located(value));
            });
    return values;
  }

  /** A time such as {@code 30s}; the usual one when there is none. */
  public Duration duration(Node.Mapping gate, String name, Duration usual) {
    Optional<Node.Scalar> written = scalar(gate, name);
    if (written.isEmpty()) {
      return usual;
    }
    Matcher parts = DURATION.matcher(written.get().text());
    if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
      wrong(
          written.get().at(),
          "'" + name + "' must be a time, not '" + written.get().text() + "'",
          "write it like 500ms, 30s, 2m, 1h or 7d");
      return usual;
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      case null, default -> Duration.ofSeconds(number);
    };
  }

  /** A boolean. */
  public boolean flag(Node.Mapping node, String name, boolean usual) {
    Optional<Node.Scalar> written = scalar(node, name);
    if (written.isPresent() && written.get().type() != Node.Type.BOOL) {
      wrong(written.get().at(), "'" + name + "' must be true or false", "correct it");
      return usual;
    }
    return written.map(value -> Values.of(value).equals(Value.Bool.TRUE)).orElse(usual);
  }

  /** A single value, if there is one. */
  public Optional<Node.Scalar> scalar(Node.Mapping node, String name) {
    Optional<Node> value = node.get(name);
    if (value.isPresent() && !(value.get() instanceof Node.Scalar)) {
      wrong(
          value.get().at(),
          "'" + name + "' must be a single value, not " + value.get().kind(),
          "correct it");
    }
    return value.filter(Node.Scalar.class::isInstance).map(Node.Scalar.class::cast);
  }

  /** The items of a list; none when there is none. */
  public List<Node> items(Node.Mapping node, String name) {
    Optional<Node> value = node.get(name);
    if (value.isPresent() && !(value.get() instanceof Node.Sequence)) {
      wrong(
          value.get().at(),
          "'" + name + "' must be a list, not " + value.get().kind(),
          "begin each item with '- '");
    }
    return value
        .filter(Node.Sequence.class::isInstance)
        .map(list -> ((Node.Sequence) list).items())
        .orElse(List.of());
  }

  /** A mapping with these keys only; any keys when none are given. */
  public Optional<Node.Mapping> mapping(Node node, String what, List<String> known) {
    if (!(node instanceof Node.Mapping mapping)) {
      wrong(node.at(), what + " must be a mapping, not " + node.kind(), "correct it");
      return Optional.empty();
    }
    if (!known.isEmpty()) {
      unknown(mapping, what, known);
    }
    return Optional.of(mapping);
  }

  /** Notes keys that are not known. */
  public void unknown(Node.Mapping mapping, String what, List<String> known) {
    for (Node.Scalar key : mapping.entries().keySet()) {
      if (!known.contains(key.text())) {
        wrong(
            key.at(),
            what + " knows no '" + key.text() + "'",
            Nearest.hint(key.text(), known, "it knows " + String.join(", ", known)));
      }
    }
  }

  /** Notes what is wrong, once. */
  public void wrong(Location at, String summary, String next) {
    Diagnostic finding = Diagnostic.error(at, summary).next(next);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }
}
