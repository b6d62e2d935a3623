package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;

/** Something that can be called: a macro, a method, a function of the language. */
@FunctionalInterface
public interface Callable extends Value.Dynamic {

  /** Calls it. */
  Value call(List<Value> positional, Map<String, Value> named);
}
