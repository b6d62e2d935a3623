package dev.hearth.template.python;

import dev.hearth.value.Value;
import org.jspecify.annotations.Nullable;

/** An object with attributes: a loop, a namespace, a module of macros, a date. */
public interface Attributed extends Value.Dynamic {

  /** The attribute of that name, or null when there is none. */
  @Nullable Value attribute(String name);

  /** What Python calls its type, as errors and {@code type_debug} say it. */
  String typeName();

  /** How it prints. */
  String printed();

  /** How it prints inside of a list or mapping. */
  default String represented() {
    return printed();
  }
}
