package dev.hearth.run;

import dev.hearth.playbook.RoleInstance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far hosts are in the roles of a play. */
final class RoleProgress {

  /** The roles that a host left before their end. */
  private final Map<String, List<RoleInstance>> left = new LinkedHashMap<>();

  /** The roles of which a host has done at least one task. */
  private final Map<String, Set<RoleInstance>> worked = new LinkedHashMap<>();

  /** The roles that a host has behind it. */
  private final Map<String, List<RoleInstance>> done = new LinkedHashMap<>();

  /** Hosts are done with a role ({@code meta: end_role}), up to its last task. */
  void leaveRole(Collection<String> hosts, RoleInstance role) {
    hosts.forEach(host -> left.computeIfAbsent(host, key -> new ArrayList<>()).add(role));
  }

  /** Whether a host is done with this role or one that brought it in. */
  boolean hasLeft(String host, Optional<RoleInstance> role) {
    List<RoleInstance> those = left.getOrDefault(host, List.of());
    return !those.isEmpty()
        && role.filter(
                each -> those.contains(each) || each.parents().stream().anyMatch(those::contains))
            .isPresent();
  }

  /** A task of a role did something on a host. */
  void worked(String host, RoleInstance role) {
    worked.computeIfAbsent(host, key -> new LinkedHashSet<>()).add(role);
  }

  /** Whether a host has all of this role behind it, and is not to do it again. */
  boolean hasDone(String host, RoleInstance role) {
    return done.getOrDefault(host, List.of()).stream().anyMatch(role::repeats);
  }

  /** The role's last task is behind these hosts. */
  void completeRole(RoleInstance role, List<String> hosts) {
    left.values().forEach(roles -> roles.remove(role));
    hosts.stream()
        .filter(host -> worked.getOrDefault(host, Set.of()).contains(role))
        .forEach(host -> done.computeIfAbsent(host, key -> new ArrayList<>()).add(role));
  }
}
