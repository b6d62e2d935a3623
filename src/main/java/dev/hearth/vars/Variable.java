package dev.hearth.vars;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One definition of a variable.
 *
 * @param value its value, templates not evaluated
 * @param origin where it is defined
 * @param level how strong the definition is
 */
public record Variable(Value value, Location origin, Level level) {

  /** Definitions of one level from what a file or a section holds. */
  public static Map<String, Variable> all(Level level, Map<String, Located> values) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> variables.put(name, new Variable(value.value(), value.at(), level)));
    return variables;
  }

  /** Definitions of one level that all have the same origin, such as the facts of a host. */
  public static Map<String, Variable> all(
      Level level, Location origin, Map<String, ? extends Value> values) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    values.forEach((name, value) -> variables.put(name, new Variable(value, origin, level)));
    return variables;
  }

  /** The values alone. */
  public static Map<String, Value> values(Map<String, Variable> variables) {
    Map<String, Value> values = new LinkedHashMap<>();
    variables.forEach((name, variable) -> values.put(name, variable.value()));
    return values;
  }
}
