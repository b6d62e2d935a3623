package dev.hearth.playbook;

import java.util.List;

/**
 * A role that was loaded while the run goes on.
 *
 * @param role the role itself
 * @param roles it and the roles it needs, in execution order
 * @param entries the tasks of all of them, one block for each role
 * @param handlers the handlers of all of them
 */
public record LoadedRole(
    RoleInstance role, List<RoleInstance> roles, List<Entry> entries, List<Handler> handlers) {

  /** Keeps its own copies. */
  public LoadedRole {
    roles = List.copyOf(roles);
    entries = List.copyOf(entries);
    handlers = List.copyOf(handlers);
  }
}
