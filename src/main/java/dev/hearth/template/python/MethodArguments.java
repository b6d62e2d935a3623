package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a method call.
 *
 * @param positional in their order
 * @param named by their names
 */
record MethodArguments(List<Value> positional, Map<String, Value> named) {

  /** The argument at a place or by a name, or null when it is not given or is none. */
  @Nullable Value find(int place, String name) {
    Value value = place < positional.size() ? positional.get(place) : named.get(name);
    if (value instanceof Value.Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    return value instanceof Value.Null ? null : value;
  }

  Value required(int place, String name) {
    Value value = find(place, name);
    if (value == null) {
      if (place < positional.size()) {
        return Value.NULL;
      }
      throw new PythonError("the argument '" + name + "' is missing");
    }
    return value;
  }

  @Nullable String text(int place, String name) {
    Value value = find(place, name);
    if (value == null) {
      return null;
    }
    if (value instanceof Value.Textual text) {
      return text.reveal();
    }
    throw new PythonError("the argument '" + name + "' must be str, not " + TypeName.of(value));
  }

  String requiredText(int place, String name) {
    String text = text(place, name);
    if (text == null) {
      throw new PythonError("the argument '" + name + "' must be a str");
    }
    return text;
  }

  int number(int place, String name, int otherwise) {
    Value value = find(place, name);
    if (value == null) {
      return otherwise;
    }
    BigInteger number = Numbers.whole(value);
    if (number == null || number.bitLength() > 31) {
      throw new PythonError(
          "the argument '" + name + "' must be an integer, not " + TypeName.of(value));
    }
    return number.intValue();
  }

  boolean flag(int place, String name) {
    Value value = find(place, name);
    return value != null && Truth.of(value);
  }
}
