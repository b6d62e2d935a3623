package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An inventory while its sources are read, one after the other, each adding to the same draft. */
final class Draft {

  private static final String PRIORITY = "ansible_group_priority";

  /** Begins or continues a name as no variable can. */
  private static final Pattern NO_VARIABLE =
      Pattern.compile("^[\\d\\W]|\\W", Pattern.UNICODE_CHARACTER_CLASS);

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
  private final Map<String, Location> oddGroups = new LinkedHashMap<>();

  private final BinaryOperator<Value> combine;

  /** A draft in which a later definition of a variable replaces an earlier one. */
  Draft() {
    this((earlier, later) -> later);
  }

  /** A draft with a rule for variables that are defined again. */
  Draft(BinaryOperator<Value> combine) {
    this.combine = combine;
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

  /** Adds a group, unless there is one of that name. */
  void addGroup(String name, Location at) {
    if (groups.putIfAbsent(name, new DraftGroup()) == null && NO_VARIABLE.matcher(name).find()) {
      oddGroups.put(name, at);
    }
  }

  /** The hosts' names, in the order in which they were added. */
  List<String> hostNames() {
    return List.copyOf(hosts.keySet());
  }

  /** The source that first named a host, if it was a file. */
  Optional<Path> fileOf(String host) {
    return Optional.ofNullable(host(host).file);
  }

  /**
   * The groups that a host is in now, through other groups too, in the order in which their
   * variables are merged. Groups without a parent are not in {@code all} before the end.
   */
  List<String> groupsOf(String host) {
    Set<String> names = new LinkedHashSet<>(host(host).groups);
    host(host).groups.forEach(name -> names.addAll(ancestors(name)));
    Map<String, Integer> depths = new HashMap<>();
    return names.stream()
        .sorted(
            Comparator.<String>comparingInt(name -> depth(name, depths))
                .thenComparingInt(name -> group(name).priority)
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** The variables that sources have set on a host itself. */
  Map<String, Located> variablesOfHost(String host) {
    return Collections.unmodifiableMap(host(host).vars);
  }

  /** The variables that sources have set on a group itself. */
  Map<String, Located> variablesOfGroup(String group) {
    return Collections.unmodifiableMap(group(group).vars);
  }

  /** Adds a host without a group; at the end it is in {@code ungrouped} if none was added. */
  void addHost(String name, Location at, @Nullable Path file) {
    hosts.computeIfAbsent(name, missing -> new DraftHost(at, file));
  }

  /** Adds a host to a group; both come into being when they are new. */
  void addHost(String name, String group, Location at, @Nullable Path file) {
    addGroup(group, at);
    addHost(name, at, file);
    host(name).groups.add(group);
    group(group).hosts.add(name);
  }

  /** Sets a host's variable; when a group has the host's name, as in Ansible the group's. */
  void setHostVariable(String host, String variable, Located value) {
    if (groups.containsKey(host)) {
      setGroupVariable(host, variable, value);
    } else {
      host(host).vars.merge(variable, value, this::combined);
    }
  }

  /** Sets the port of {@code host:port} unless the host already has one. */
  void setPort(String host, int port, Location at) {
    host(host).vars.putIfAbsent("ansible_port", new Located(Value.number(port), at));
  }

  /** Sets a group's variable; the group's priority is not a variable but part of the group. */
  void setGroupVariable(String group, String variable, Located value) {
    if (!variable.equals(PRIORITY)) {
      group(group).vars.merge(variable, value, this::combined);
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

  private Located combined(Located earlier, Located later) {
    return new Located(combine.apply(earlier.value(), later.value()), later.at());
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
   * Brings the draft in order after all sources: groups without a parent go into {@code all}, hosts
   * without a group into {@code ungrouped}.
   */
  private void reconcile() {
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
    if (!oddGroups.isEmpty()) {
      findings.add(
          Diagnostic.warning(
                  oddGroups.values().iterator().next(),
                  "names of groups have characters that names of variables cannot have: "
                      + String.join(", ", oddGroups.keySet()))
              .because("the group is used as it is, but a template cannot say groups.NAME")
              .next("write '_' instead, or groups['NAME'] in templates"));
    }
    Map<String, Host> finishedHosts = new LinkedHashMap<>();
    hosts.forEach(
        (name, host) -> {
          if (groups.containsKey(name)) {
            findings.add(
                Diagnostic.warning(host.at, "'" + name + "' is both a host and a group")
                    .because(
                        "the name alone means the host, but its variables are set on the group")
                    .next("rename one of them"));
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
