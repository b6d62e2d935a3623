package dev.hearth.playbook;

import java.util.ArrayList;
import java.util.List;

/** What roles add to a play while it is read. */
final class Gathered {

  /** In execution order. */
  final List<RoleInstance> roles = new ArrayList<>();

  /** One block for each role. */
  final List<Entry> entries = new ArrayList<>();

  final List<Handler> handlers = new ArrayList<>();

  /** Whether a role like this one was read before. */
  boolean hasAlready(RoleInstance role) {
    return roles.stream().anyMatch(role::repeats);
  }
}
