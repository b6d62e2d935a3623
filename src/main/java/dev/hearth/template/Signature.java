package dev.hearth.template;

import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters that a filter, test or lookup takes behind its input.
 *
 * @param names the parameters that have a place, in their order
 * @param required how many of them must be given
 * @param rest whether more positional arguments may follow
 * @param keywords whether named arguments of any name are taken
 */
public record Signature(List<String> names, int required, boolean rest, boolean keywords) {

  /**
   * Reads a short form: names with blanks between them, the optional ones with a question mark,
   * {@code *} for more positional and {@code **} for any named arguments.
   */
  public static Signature of(String form) {
    List<String> names = new ArrayList<>();
    int required = 0;
    boolean rest = false;
    boolean keywords = false;
    for (String word : form.isBlank() ? new String[0] : form.strip().split(" +")) {
      if (word.equals("**")) {
        keywords = true;
      } else if (word.equals("*")) {
        rest = true;
      } else if (word.endsWith("?")) {
        names.add(word.substring(0, word.length() - 1));
      } else {
        names.add(word);
        required = names.size();
      }
    }
    return new Signature(List.copyOf(names), required, rest, keywords);
  }

  /** The arguments in their places; refuses what does not fit. */
  Bound bind(List<Value> positional, Map<String, Value> named) {
    if (positional.size() > names.size() && !rest) {
      throw new PythonError(
          "takes at most " + names.size() + " arguments, not " + positional.size());
    }
    Value[] values = new Value[names.size()];
    for (int i = 0; i < Math.min(positional.size(), values.length); i++) {
      values[i] = positional.get(i);
    }
    Map<String, Value> others = new LinkedHashMap<>();
    named.forEach((name, value) -> place(name, value, values, others));
    for (int i = 0; i < required; i++) {
      if (values[i] == null) {
        throw new PythonError("needs the argument '" + names.get(i) + "'");
      }
    }
    List<Value> more =
        positional.size() > values.length
            ? positional.subList(values.length, positional.size())
            : List.of();
    return new Bound(this, values, more, others);
  }

  private void place(String name, Value value, Value[] values, Map<String, Value> others) {
    int index = names.indexOf(name);
    if (index < 0) {
      if (!keywords) {
        throw new PythonError(
            "has no argument '"
                + name
                + "': "
                + dev.hearth.diag.Nearest.hint(
                    name, names, names.isEmpty() ? "it takes none" : "it takes " + names));
      }
      others.put(name, value);
    } else if (values[index] != null) {
      throw new PythonError("got the argument '" + name + "' twice");
    } else {
      values[index] = value;
    }
  }

  /** Whether one of these is undefined; gives it. */
  static void requireDefined(Iterable<Value> values) {
    for (Value value : values) {
      if (value instanceof Value.Undefined undefined) {
        throw new UndefinedUse(undefined);
      }
    }
  }

  /**
   * Arguments in their places.
   *
   * @param signature the parameters
   * @param values by place; null where not given
   * @param rest further positional arguments
   * @param keywords further named arguments
   */
  record Bound(
      Signature signature, Value[] values, List<Value> rest, Map<String, Value> keywords) {}
}
