package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hosts and groups that all sources together name. It never changes; what adds hosts during a
 * run makes a new one.
 */
public final class Inventory {

  /** The names by which the controller itself is meant, whether the inventory has them or not. */
  public static final Set<String> LOCAL_NAMES =
      Collections.unmodifiableSet(new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1")));

  static final Location BUILT_IN = Location.startOf(Source.of("built-in inventory", ""));

  private final Map<String, Host> hosts;
  private final Map<String, Group> groups;
  private final List<Path> directories;
  private final List<Diagnostic> warnings;
  private final Map<String, List<Group>> groupsOfHosts;
  private final List<Host> ordered;

  Inventory(
      Map<String, Host> hosts,
      Map<String, Group> groups,
      List<Path> directories,
      List<Diagnostic> warnings) {
    this.hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    this.groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    this.directories = List.copyOf(directories);
    this.warnings = List.copyOf(warnings);
    this.groupsOfHosts = memberships();
    this.ordered = hostsOf(require(Group.ALL));
  }

  /** An inventory without a source: no host but the implicit localhost. */
  public static Inventory empty() {
    return new Draft().finish(List.of());
  }

  /** All hosts in the inventory's order, without the implicit localhost. */
  public List<Host> hosts() {
    return ordered;
  }

  /**
   * A host by its name. {@code localhost}, {@code 127.0.0.1} and {@code ::1} always exist: when the
   * inventory has none of them, as the implicit localhost that is in no group but {@code all}.
   */
  public Optional<Host> host(String name) {
    Host named = hosts.get(name);
    if (named != null || !LOCAL_NAMES.contains(name)) {
      return Optional.ofNullable(named);
    }
    return Optional.of(
        hosts.values().stream()
            .filter(host -> LOCAL_NAMES.contains(host.name()))
            .findFirst()
            .orElseGet(() -> implicitLocalhost(name)));
  }

  private static Host implicitLocalhost(String name) {
    return new Host(
        name,
        Map.of("ansible_connection", new Located(Value.text("local"), BUILT_IN)),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  /** All groups, {@code all} and {@code ungrouped} first, then in the order of their definition. */
  public Collection<Group> groups() {
    return groups.values();
  }

  /** A group by its name. */
  public Optional<Group> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /**
   * Every group that a host is in, directly or through other groups, {@code all} among them, in the
   * order in which their variables are merged.
   */
  public List<Group> groupsOf(Host host) {
    List<Group> known = groupsOfHosts.get(host.name());
    return known == null ? List.of(require(Group.ALL)) : known;
  }

  /** Every host of a group and of the groups inside it, in the inventory's order. */
  public List<Host> hostsOf(Group group) {
    Set<Host> found = new LinkedHashSet<>();
    for (Group inside : withDescendants(group)) {
      for (String name : inside.hosts()) {
        Host host = hosts.get(name);
        if (host != null) {
          found.add(host);
        }
      }
    }
    return List.copyOf(found);
  }

  /**
   * The directories of the sources, in the order of the sources: where {@code group_vars} and
   * {@code host_vars} are looked for.
   */
  public List<Path> directories() {
    return directories;
  }

  /** What is odd about the sources but not wrong. */
  public List<Diagnostic> warnings() {
    return warnings;
  }

  /**
   * The hosts that a pattern means and a limit leaves.
   *
   * <p>A pattern that matches nothing chooses nothing and warns, as in Ansible. A limit that
   * matches nothing is an error, also in an empty inventory: it never means all hosts.
   *
   * @param pattern which hosts
   * @param limit what to keep of them; empty when there is no limit
   * @throws dev.hearth.diag.HearthException with {@link ExitCode#NO_HOSTS} if the limit matches
   *     nothing
   */
  public Selection select(HostPattern pattern, Optional<HostPattern> limit) {
    Matching matching = new Matching(this);
    List<Host> chosen = matching.hosts(pattern);
    if (limit.isEmpty()) {
      return new Selection(chosen, matching.warnings());
    }
    Matching limiting = new Matching(this);
    Set<Host> kept = new LinkedHashSet<>(limiting.hosts(limit.get()));
    if (kept.isEmpty()) {
      throw nothing("the limit matches no host", limiting.warnings()).failure();
    }
    List<Diagnostic> warnings = new ArrayList<>(matching.warnings());
    warnings.addAll(limiting.warnings());
    return new Selection(chosen.stream().filter(kept::contains).toList(), warnings);
  }

  /**
   * Like {@link #select}, for a request that makes no sense without a host.
   *
   * @throws dev.hearth.diag.HearthException with {@link ExitCode#NO_HOSTS} if no host is left
   */
  public Selection selectSome(HostPattern pattern, Optional<HostPattern> limit) {
    Selection selection = select(pattern, limit);
    if (!selection.hosts().isEmpty()) {
      return selection;
    }
    String summary =
        limit.isPresent() && selection.warnings().isEmpty()
            ? "the pattern and the limit have no host in common"
            : "the pattern matches no host";
    throw nothing(summary, selection.warnings()).failure();
  }

  private Diagnostic nothing(String summary, List<Diagnostic> reasons) {
    Diagnostic error = Diagnostic.error(ExitCode.NO_HOSTS, summary);
    if (ordered.isEmpty()) {
      return error
          .because("the inventory has no hosts")
          .next("name an inventory with hosts: -i inventory/hosts.yml");
    }
    if (reasons.isEmpty()) {
      return error.next("list the hosts and groups there are: hearth inventory --graph");
    }
    Diagnostic first = reasons.getFirst();
    return new Diagnostic(
        error.severity(), error.exit(), summary, first.at(), first.summary(), first.next());
  }

  /**
   * This inventory and one more host, as {@code add_host} makes them. A host that exists gets the
   * variables and groups in addition.
   */
  public Inventory withHost(
      String name, Collection<String> groupNames, Map<String, Located> vars, Location at) {
    Draft draft = Draft.of(this);
    if (!hosts.containsKey(name)) {
      draft.addHost(name, Group.ALL, at, null);
    }
    groupNames.forEach(group -> draft.addHost(name, group, at, null));
    vars.forEach((variable, value) -> draft.setHostVariable(name, variable, value));
    return draft.finish(directories);
  }

  /**
   * This inventory with hosts of it put into a group, as {@code group_by} does it; the group comes
   * into being inside the parents when it is new.
   */
  public Inventory withGroup(
      String group, Collection<String> hostNames, Collection<String> parents, Location at) {
    Draft draft = Draft.of(this);
    draft.addGroup(group, at);
    for (String parent : parents) {
      draft.addGroup(parent, at);
      if (!parent.equals(Group.ALL)) {
        draft.addChild(parent, group, at);
      }
    }
    hostNames.forEach(host -> draft.addHost(host, group, at, null));
    return draft.finish(directories);
  }

  /** The nearest host or group name, as the next step of a diagnostic. */
  public String hint(String wrong) {
    List<String> known = new ArrayList<>(groups.keySet());
    known.addAll(hosts.keySet());
    return Nearest.hint(
        wrong, known, "list the hosts and groups there are: hearth inventory --graph");
  }

  Map<String, Host> hostsByName() {
    return hosts;
  }

  @Nullable Group named(String group) {
    return groups.get(group);
  }

  private Group require(String name) {
    Group group = groups.get(name);
    if (group == null) {
      throw new IllegalArgumentException("no group of this inventory: " + name);
    }
    return group;
  }

  /** A group, then its children, then theirs. */
  private List<Group> withDescendants(Group top) {
    Set<Group> seen = new LinkedHashSet<>();
    Deque<Group> open = new ArrayDeque<>(List.of(top));
    while (!open.isEmpty()) {
      Group group = open.pollFirst();
      if (seen.add(group)) {
        group.children().forEach(child -> open.addLast(require(child)));
      }
    }
    return List.copyOf(seen);
  }

  private Map<String, List<Group>> memberships() {
    Map<String, Set<Group>> found = new HashMap<>();
    hosts.keySet().forEach(host -> found.put(host, new LinkedHashSet<>(List.of(require("all")))));
    for (Group group : groups.values()) {
      for (Group inside : withDescendants(group)) {
        for (String host : inside.hosts()) {
          Set<Group> groupsOfHost = found.get(host);
          if (groupsOfHost != null) {
            groupsOfHost.add(group);
          }
        }
      }
    }
    Map<String, List<Group>> sorted = new HashMap<>();
    found.forEach(
        (host, members) -> sorted.put(host, members.stream().sorted(Group.MERGE_ORDER).toList()));
    return sorted;
  }
}
