package dev.hearth.playbook;

import java.util.Collection;
import java.util.Optional;

/** The modules and directives that there are. */
public interface ActionCatalog {

  /**
   * The action that answers to a name: a full name ({@code ansible.builtin.copy}), another full
   * name it has, or a short name ({@code copy}).
   */
  Optional<ActionSpec> find(String name);

  /** All names that {@link #find} knows, for proposals. */
  Collection<String> names();
}
