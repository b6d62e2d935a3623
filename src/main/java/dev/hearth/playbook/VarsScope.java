package dev.hearth.playbook;

import dev.hearth.value.Located;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code vars} of one entry around a task, or of the task itself.
 *
 * @param kind how strong they are
 * @param vars the variables
 */
public record VarsScope(Kind kind, Map<String, Located> vars) {

  /** Which of Ansible's levels of precedence the variables belong to. */
  public enum Kind {
    /** A block, an import or the task itself: {@code set_fact} and {@code include_vars} win. */
    ENTRY,
    /** {@code include_tasks} or {@code include_role}: only extra variables win. */
    INCLUDE
  }

  /** Keeps its own copy. */
  public VarsScope {
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
  }
}
