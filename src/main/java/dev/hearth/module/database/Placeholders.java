package dev.hearth.module.database;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values for {@code %s} and {@code %(name)s} in a statement, as Python's drivers write them
 * into it. Without any value a statement stays as it is, with its per cent signs.
 *
 * @param positional for {@code %s}, in this order
 * @param named for {@code %(name)s}
 * @param quote writes a text as the server reads it
 */
record Placeholders(List<Value> positional, Map<String, Value> named, UnaryOperator<String> quote) {

  private static final Pattern PLACE = Pattern.compile("%(?:\\(([^)]*)\\))?([s%])");

  /** The statement with its values; a secret if one of them is. */
  Value.Textual fill(Value.Textual statement) {
    if (positional.isEmpty() && named.isEmpty()) {
      return statement;
    }
    Iterator<Value> next = positional.iterator();
    boolean[] secret = {statement instanceof Value.Secret};
    String text =
        PLACE
            .matcher(statement.reveal())
            .replaceAll(
                place -> {
                  if (place.group(2).equals("%")) {
                    return "%";
                  }
                  Value value =
                      place.group(1) != null
                          ? named.get(place.group(1))
                          : next.hasNext() ? next.next() : null;
                  if (value == null) {
                    throw new Refusal("no value is given for " + place.group() + " in the query");
                  }
                  secret[0] |= value instanceof Value.Secret;
                  return Matcher.quoteReplacement(written(value));
                });
    return secret[0] ? new Value.Secret(text) : Value.text(text);
  }

  private String written(Value value) {
    return switch (value) {
      case Value.Null nothing -> "NULL";
      case Value.Bool bool -> bool.value() ? "TRUE" : "FALSE";
      case Value.Int number -> number.value().toString();
      case Value.Real real -> Double.toString(real.value());
      case Value.Textual text -> quote.apply(text.reveal());
      default -> throw new Refusal("values in a query must be texts, numbers, booleans or null");
    };
  }
}
