package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.playbook.Attributes;
import dev.hearth.playbook.Keyword;
import dev.hearth.shell.Word;
import dev.hearth.template.Scope;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keywords of one task as they are on one host: templates evaluated, types checked. */
final class Keywords {

  private static final Set<String> TRUE = Set.of("yes", "on", "1", "true", "t", "y", "1.0");
  private static final Set<String> FALSE = Set.of("no", "off", "0", "false", "f", "n", "0.0");

  private final Attributes attributes;
  private final Templar templar;
  private final Scope scope;

  Keywords(Attributes attributes, Templar templar, Scope scope) {
    this.attributes = attributes;
    this.templar = templar;
    this.scope = scope;
  }

  boolean is(Keyword keyword, boolean otherwise) {
    return attributes
        .get(keyword)
        .map(written -> new Located(templar.resolve(written, scope), written.at()))
        .filter(given -> !(given.value() instanceof Value.Omit))
        .map(given -> bool(given.value(), given.at()))
        .orElse(otherwise);
  }

  /** Where a keyword is written; empty when it is not. */
  Optional<Location> place(Keyword keyword) {
    return attributes.get(keyword).map(Located::at);
  }

  Optional<String> text(Keyword keyword) {
    return attributes
        .get(keyword)
        .map(written -> templar.resolve(written, scope))
        .filter(value -> !(value instanceof Value.Null) && !(value instanceof Value.Omit))
        .map(Keywords::text);
  }

  /** A condition as it is shown in a result. */
  static Value asWritten(Value condition) {
    return condition instanceof Value.Template template ? Value.text(template.source()) : condition;
  }

  Optional<Duration> seconds(Keyword keyword) {
    return attributes
        .get(keyword)
        .filter(written -> !(templar.resolve(written, scope) instanceof Value.Omit))
        .map(this::number)
        .filter(n -> n > 0)
        .map(Keywords::duration);
  }

  /** A number, from a number or a text of digits. */
  double number(Located written) {
    Value value = templar.resolve(written, scope);
    try {
      return switch (value) {
        case Value.Int whole -> whole.value().doubleValue();
        case Value.Real real -> real.value();
        case Value.Textual digits -> Double.parseDouble(digits.reveal().strip());
        default -> throw new NumberFormatException();
      };
    } catch (NumberFormatException notANumber) {
      throw failure(
          written.at(), "a number is wanted here, not " + Printed.repr(value), "write a number");
    }
  }

  static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** Environment variables, inner ones winning; null and omitted ones are left out. */
  Map<String, Word> environment() {
    Map<String, Word> all = new LinkedHashMap<>();
    for (Located layer : attributes.environment()) {
      addEnvironment(templar.resolve(layer, scope), layer.at(), all);
    }
    return all;
  }

  private void addEnvironment(Value layer, Location at, Map<String, Word> all) {
    switch (layer) {
      case Value.Dict variables ->
          variables.entries().forEach((name, value) -> all.put(text(name), word(value)));
      case Value.Seq layers -> layers.items().forEach(item -> addEnvironment(item, at, all));
      case Value.Null nothing -> {}
      case Value.Omit omitted -> {}
      default ->
          throw failure(
              at, "environment must be a mapping, not " + Printed.repr(layer), "write name: value");
    }
  }

  private static Word word(Value value) {
    return value instanceof Value.Textual text ? Word.of(text) : Word.of(Printed.str(value));
  }

  /** Whether a value means yes, by the words that Ansible takes for it. */
  static boolean bool(Value value, Location at) {
    if (value instanceof Value.Null) {
      return false;
    }
    return meant(value)
        .orElseThrow(
            () ->
                failure(
                    at, Printed.repr(value) + " is neither true nor false", "write true or false"));
  }

  /** Whether a value means yes or no; empty when it means neither. */
  static Optional<Boolean> meant(Value value) {
    if (value instanceof Value.Bool bool) {
      return Optional.of(bool.value());
    }
    String word = text(value).toLowerCase(Locale.ROOT).strip();
    return TRUE.contains(word)
        ? Optional.of(true)
        : FALSE.contains(word) ? Optional.of(false) : Optional.empty();
  }

  /** A value as plain text: the characters of a text, Python's spelling of anything else. */
  static String text(Value value) {
    return value instanceof Value.Textual text ? text.reveal() : Printed.str(value);
  }

  /** A list of texts from a text with commas or a list. */
  static List<String> texts(Value value) {
    return switch (value) {
      case Value.Seq list -> list.items().stream().map(Keywords::text).toList();
      case Value.Null nothing -> List.of();
      default ->
          List.of(text(value).split(",")).stream()
              .map(String::strip)
              .filter(item -> !item.isEmpty())
              .toList();
    };
  }

  private static TemplateFailure failure(Location at, String summary, String next) {
    return new TemplateFailure(Diagnostic.error(at, summary).next(next));
  }
}
