package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Splitting;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads attributes by paths such as {@code a.b.0}, as filters take them. */
final class Attributes {

  private Attributes() {}

  /** The attribute of an item that the argument of that name says. */
  static Value read(Call call, Value item, String argument) {
    return at(call, item, call.get(argument));
  }

  /** The attribute under a path; undefined when there is none. */
  static Value at(Call call, Value item, Value path) {
    return at(call, item, path, null);
  }

  /** The same; every step that leads nowhere leads to the fallback, when there is one. */
  static Value at(Call call, Value item, Value path, @Nullable Value fallback) {
    if (!(path instanceof Value.Textual text)) {
      return found(call.engine().item(item, path), fallback);
    }
    Value found = item;
    for (String step : Splitting.split(text.reveal(), ".", -1, false)) {
      BigInteger index =
          step.chars().allMatch(Character::isDigit) ? Numbers.parseWhole(step, 10) : null;
      Value key = index == null ? Value.text(step) : new Value.Int(index);
      found = found(call.engine().item(found, key), fallback);
    }
    return found;
  }

  private static Value found(Value value, @Nullable Value fallback) {
    return value instanceof Value.Undefined && fallback != null ? fallback : value;
  }

  /** A text in small letters unless capitals count; other values as they are. */
  static Value folded(Value value, boolean caseCounts) {
    return !caseCounts && value instanceof Value.Textual text
        ? text.with(text.reveal().toLowerCase(Locale.ROOT))
        : value;
  }
}
