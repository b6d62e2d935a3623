package dev.hearth.template;

import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;

/** A function that every template can call, such as {@code range}. */
@FunctionalInterface
public interface Function {

  /** Calls it. */
  Value call(Engine engine, List<Value> positional, Map<String, Value> named);
}
