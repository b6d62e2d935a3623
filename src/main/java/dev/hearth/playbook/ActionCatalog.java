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

  /** Why a module is left out on purpose: the reason and what to do instead. */
  record Refused(String because, String next) {}

  /** Why an action of that name is left out on purpose; empty when nothing is known of it. */
  default Optional<Refused> refused(String name) {
    return Optional.empty();
  }
}
