package dev.hearth.playbook;

import java.util.List;

/**
 * A task file that was loaded while the run goes on.
 *
 * @param entries its tasks and blocks
 * @param roles the roles that it imports with {@code import_role}, in execution order; their
 *     variables are visible in the whole play from now on
 * @param handlers the handlers of these roles
 */
public record LoadedTasks(List<Entry> entries, List<RoleInstance> roles, List<Handler> handlers) {

  /** Keeps its own copies. */
  public LoadedTasks {
    entries = List.copyOf(entries);
    roles = List.copyOf(roles);
    handlers = List.copyOf(handlers);
  }
}
