package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An inventory while its sources are read, one after the other, each adding to the same draft. */
final class Draft {

  private static final String PRIORITY = "ansible_group_priority";

  private static final class DraftHost {
    final Map<String, Located> vars = new LinkedHashMap<>();
    final Set<String> groups = new LinkedHashSet<>();
    final Location at;
    final @Nullable Path file;

    DraftHost(Location at, @Nullable Path file) {
      this.at = at;
      this.file = file;
    }
  }

  private static final class DraftGroup {
    final Map<String, Located> vars = new LinkedHashMap<>();
    final Set<String> hosts = new LinkedHashSet<>();
    final Set<String> children = new LinkedHashSet<>();
    final Set<String> parents = new LinkedHashSet<>();
    int priority = 1;
  }

  private final Map<String, DraftHost> hosts = new LinkedHashMap<>();
  private final Map<String, DraftGroup> groups = new LinkedHashMap<>();
  private final List<Diagnostic> warnings = new ArrayList<>();

  Draft() {
    groups.put(Group.ALL, new DraftGroup());
    groups.put(Group.UNGROUPED, new DraftGroup());
    link(Group.ALL, Group.UNGROUPED);
  }

  /** The draft that a finished inventory came from, to add hosts to it. */
  static Draft of(Inventory inventory) {
    Draft draft = new Draft();
    for (Group group : inventory.groups()) {
      DraftGroup copy = draft.groups.computeIfAbsent(group.name(), name -> new DraftGroup());
      copy.vars.putAll(group.vars());
      copy.hosts.addAll(group.hosts());
      copy.children.addAll(group.children());
      copy.parents.addAll(group.parents());
      copy.priority = group.priority();
    }
    for (Host host : inventory.hosts()) {
      DraftHost copy =
          new DraftHost(host.at().orElse(Inventory.BUILT_IN), host.file().orElse(null));
      copy.vars.putAll(host.vars());
      draft.groups.forEach(
          (name, group) -> {
            if (group.hosts.contains(host.name())) {
              copy.groups.add(name);
            }
          });
      draft.hosts.put(host.name(), copy);
    }
    draft.warnings.addAll(inventory.warnings());
    return draft;
  }

  boolean hasGroup(String name) {
    return groups.containsKey(name);
  }

  Collection<String> groupNames() {
    return groups.keySet();
  }

  void addGroup(String name) {
    groups.computeIfAbsent(name, missing -> new DraftGroup());
  }

  /** Adds a host to a group; both come into being when they are new. */
  void addHost(String name, String group, Location at, @Nullable Path file) {
    addGroup(group);
    hosts.computeIfAbsent(name, missing -> new DraftHost(at, file)).groups.add(group);
    group(group).hosts.add(name);
  }

  void setHostVariable(String host, String variable, Located value) {
    host(host).vars.put(variable, value);
  }

  /** Sets the port of {@code host:port} unless the host already has one. */
  void setPort(String host, int port, Location at) {
    host(host).vars.putIfAbsent("ansible_port", new Located(Value.number(port), at));
  }

  /** Sets a group's variable; the group's priority is not a variable but part of the group. */
  void setGroupVariable(String group, String variable, Located value) {
    if (!variable.equals(PRIORITY)) {
      group(group).vars.put(variable, value);
      return;
    }
    group(group).priority =
        priority(value.value())
            .orElseThrow(
                () ->
                    Diagnostic.error(
                            value.at(), "the priority of group '" + group + "' is not a number")
                        .next("write a whole number, such as " + PRIORITY + ": 10")
                        .failure());
  }

  private static Optional<Integer> priority(Value value) {
    try {
      return switch (value) {
        case Value.Int whole -> Optional.of(whole.value().intValueExact());
        case Value.Text text -> Optional.of(Integer.parseInt(text.value().strip()));
        default -> Optional.empty();
      };
    } catch (ArithmeticException | NumberFormatException tooLargeOrNoNumber) {
      return Optional.empty();
    }
  }

  /** Puts a group into another; a group inside itself, over however many steps, is an error. */
  void addChild(String parent, String child, Location at) {
    boolean circle =
        parent.equals(child) || child.equals(Group.ALL) || ancestors(parent).contains(child);
    if (circle) {
      throw Diagnostic.error(
              at, "group '" + child + "' cannot be a child of '" + parent + "': that is a circle")
          .because("'" + parent + "' is itself inside '" + child + "'")
          .next("remove one of the two 'children' entries")
          .failure();
    }
    link(parent, child);
  }

  void warn(Diagnostic warning) {
    warnings.add(warning);
  }

  /**
   * Brings the draft in order after a source: groups without a parent go into {@code all}, hosts
   * without a group into {@code ungrouped}.
   */
  void reconcile() {
    for (Map.Entry<String, DraftGroup> group : groups.entrySet()) {
      if (!group.getKey().equals(Group.ALL) && group.getValue().parents.isEmpty()) {
        link(Group.ALL, group.getKey());
      }
    }
    hosts.forEach(this::settle);
  }

  private void settle(String name, DraftHost host) {
    Set<String> real = new HashSet<>(host.groups);
    real.removeAll(Set.of(Group.ALL, Group.UNGROUPED));
    if (real.isEmpty()) {
      host.groups.add(Group.UNGROUPED);
      group(Group.UNGROUPED).hosts.add(name);
    } else if (host.groups.remove(Group.UNGROUPED)) {
      group(Group.UNGROUPED).hosts.remove(name);
    }
  }

  /** The inventory as it is now. */
  Inventory finish(List<Path> directories) {
    reconcile();
    List<Diagnostic> findings = new ArrayList<>(warnings);
    Map<String, Host> finishedHosts = new LinkedHashMap<>();
    hosts.forEach(
        (name, host) -> {
          if (groups.containsKey(name)) {
            findings.add(
                Diagnostic.warning(host.at, "'" + name + "' is both a host and a group")
                    .next("rename one of them: the name alone means the host"));
          }
          finishedHosts.put(
              name,
              new Host(
                  name, host.vars, Optional.of(host.at), Optional.ofNullable(host.file), false));
        });
    Map<String, Integer> depths = new HashMap<>();
    Map<String, Group> finishedGroups = new LinkedHashMap<>();
    groups.forEach(
        (name, group) ->
            finishedGroups.put(
                name,
                new Group(
                    name,
                    depth(name, depths),
                    group.priority,
                    group.vars,
                    List.copyOf(group.hosts),
                    List.copyOf(group.children),
                    List.copyOf(group.parents))));
    return new Inventory(
        finishedHosts, finishedGroups, directories, List.copyOf(new LinkedHashSet<>(findings)));
  }

  private void link(String parent, String child) {
    group(parent).children.add(child);
    group(child).parents.add(parent);
  }

  private Set<String> ancestors(String name) {
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(group(name).parents);
    while (!open.isEmpty()) {
      String next = open.pop();
      if (seen.add(next)) {
        open.addAll(group(next).parents);
      }
    }
    return seen;
  }

  private int depth(String name, Map<String, Integer> known) {
    Integer found = known.get(name);
    if (found != null) {
      return found;
    }
    int depth = 0;
    for (String parent : group(name).parents) {
      depth = Math.max(depth, depth(parent, known) + 1);
    }
    known.put(name, depth);
    return depth;
  }

  private DraftHost host(String name) {
    DraftHost host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("no host of this draft: " + name);
    }
    return host;
  }

  private DraftGroup group(String name) {
    DraftGroup group = groups.get(name);
    if (group == null) {
      throw new IllegalArgumentException("no group of this draft: " + name);
    }
    return group;
  }
}
