package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads nodes as the shapes that keywords take, and reports what does not fit. */
final class Shapes {

  private static final Pattern DIGITS = Pattern.compile("\\s*[-+]?[0-9]+\\s*");
  private static final Set<String> BOOLEANS =
      Set.of("yes", "no", "true", "false", "on", "off", "1", "0", "y", "n", "t", "f");

  private final Reading reading;

  Shapes(Reading reading) {
    this.reading = reading;
  }

  /** A mapping, or nothing after a report. */
  Optional<Node.Mapping> mapping(Node node, String what, String next) {
    if (node instanceof Node.Mapping mapping) {
      return Optional.of(mapping);
    }
    reading.report(
        Diagnostic.error(node.at(), what + " has to be a mapping, not " + node.kind()).next(next));
    return Optional.empty();
  }

  /** The items of a list; a null is an empty list. */
  List<Node> list(Node node, String what) {
    if (node instanceof Node.Sequence sequence) {
      return sequence.items();
    }
    if (!isNull(node)) {
      reading.report(
          Diagnostic.error(node.at(), what + " has to be a list, not " + node.kind())
              .next("start every entry with '- '"));
    }
    return List.of();
  }

  /** Variables: a mapping with valid names; a null is an empty one. */
  Map<String, Located> variables(Node node, String what) {
    Map<String, Located> variables = new LinkedHashMap<>();
    if (isNull(node)) {
      return variables;
    }
    mapping(node, what, "write 'name: value' lines")
        .ifPresent(
            mapping ->
                mapping
                    .entries()
                    .forEach(
                        (key, value) -> {
                          if (variableName(key)) {
                            variables.put(key.text(), Values.located(value));
                          }
                        }));
    return variables;
  }

  private boolean variableName(Node.Scalar key) {
    if (VariableNames.isValid(key.text())) {
      return true;
    }
    String proposal = VariableNames.near(key.text());
    reading.report(
        Diagnostic.error(key.at(), "'" + key.text() + "' is not a valid variable name")
            .because("a name has letters, digits and underscores and does not start with a digit")
            .next("rename it, for instance to '" + proposal + "'"));
    return false;
  }

  /** A text that must be known before the run. */
  Optional<String> staticText(Node node, String what) {
    Optional<Located> text = text(node, what);
    if (text.isPresent() && text.get().value() instanceof Value.Template template) {
      reading.report(
          Diagnostic.error(template.at(), what + " cannot be a template")
              .because("it has to be known before the run starts")
              .next("write the text itself"));
      return Optional.empty();
    }
    return text.map(found -> characters(found.value()));
  }

  /** A text, number or template. */
  Optional<Located> text(Node node, String what) {
    boolean fits =
        node instanceof Node.Scalar scalar
            && (scalar.type() == Node.Type.TEXT
                || scalar.type() == Node.Type.INT
                || scalar.type() == Node.Type.REAL
                || scalar.type() == Node.Type.VAULT);
    if (fits) {
      return Optional.of(Values.located(node));
    }
    String next =
        node instanceof Node.Scalar scalar && scalar.type() == Node.Type.BOOL
            ? "put it into quotes if it is meant as text: '" + scalar.text() + "'"
            : "write one text";
    reading.report(
        Diagnostic.error(node.at(), what + " has to be a text, not " + node.kind()).next(next));
    return Optional.empty();
  }

  /** One text or a list of them. */
  List<Located> texts(Node node, String what) {
    if (isNull(node)) {
      return List.of();
    }
    List<Located> texts = new ArrayList<>();
    for (Node item : node instanceof Node.Sequence sequence ? sequence.items() : List.of(node)) {
      text(item, what).ifPresent(texts::add);
    }
    return texts;
  }

  /** One condition or a list of them. */
  List<Located> conditions(Node node, String what) {
    List<Located> conditions = new ArrayList<>();
    if (isNull(node)) {
      return conditions;
    }
    for (Node item : node instanceof Node.Sequence sequence ? sequence.items() : List.of(node)) {
      if (item instanceof Node.Scalar && !isNull(item)) {
        conditions.add(Values.located(item));
      } else {
        reading.report(
            Diagnostic.error(item.at(), what + " has to be a condition, not " + item.kind())
                .because("a condition is an expression such as 'x is defined', without braces")
                .next("write the expression, or remove the keyword"));
      }
    }
    return conditions;
  }

  /** A boolean, a text that means one, or a template. */
  Optional<Located> bool(Node node, String what) {
    if (node instanceof Node.Scalar scalar) {
      Value value = Values.of(node);
      boolean fits =
          scalar.type() == Node.Type.BOOL
              || value instanceof Value.Template
              || scalar.type() == Node.Type.VAULT
              || BOOLEANS.contains(scalar.text().toLowerCase(Locale.ROOT));
      if (fits) {
        return Optional.of(Values.located(node));
      }
    }
    reading.report(
        Diagnostic.error(node.at(), what + " has to be true or false" + found(node))
            .next("write true, false or a template"));
    return Optional.empty();
  }

  /** A whole number, a text that is one, or a template. */
  Optional<Located> integer(Node node, String what) {
    if (node instanceof Node.Scalar scalar) {
      boolean fits =
          scalar.type() == Node.Type.INT
              || Values.of(node) instanceof Value.Template
              || DIGITS.matcher(scalar.text()).matches();
      if (fits) {
        return Optional.of(Values.located(node));
      }
    }
    reading.report(
        Diagnostic.error(node.at(), what + " has to be a number" + found(node))
            .next("write a whole number or a template"));
    return Optional.empty();
  }

  /** A number that may have a fraction, a text that is one, or a template. */
  Optional<Located> number(Node node, String what) {
    if (node instanceof Node.Scalar scalar && scalar.type() == Node.Type.REAL) {
      return Optional.of(Values.located(node));
    }
    if (node instanceof Node.Scalar scalar && scalar.text().matches("[0-9]*\\.[0-9]+")) {
      return Optional.of(Values.located(node));
    }
    return integer(node, what);
  }

  /** Whether a value that was accepted as a boolean means true. */
  static boolean isTrue(Value value) {
    return Set.of("yes", "true", "on", "1", "y", "t")
        .contains(characters(value).toLowerCase(Locale.ROOT));
  }

  static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.type() == Node.Type.NULL;
  }

  /** The characters of a scalar value that is no template. */
  static String characters(Value value) {
    return switch (value) {
      case Value.Textual textual -> textual.reveal();
      case Value.Int number -> number.value().toString();
      case Value.Real number -> Double.toString(number.value());
      case Value.Bool bool -> bool.value() ? "true" : "false";
      default -> "";
    };
  }

  private static String found(Node node) {
    if (node instanceof Node.Scalar scalar && !node.at().source().secret()) {
      return isNull(node) ? ", but nothing is written" : ", not '" + scalar.text() + "'";
    }
    return ", not " + node.kind();
  }
}
