package dev.hearth.run;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Variable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every name that some source of a run can define, with the values that are known before it. Which
 * host or play sees a definition does not matter: the question is only whether there is one.
 */
final class Definitions {

  /** What the run itself sets, besides everything that begins with {@code ansible_}. */
  private static final Set<String> MAGIC =
      Set.of(
          "aggregate_mounts",
          "environment",
          "group_names",
          "groups",
          "hostvars",
          "inventory_dir",
          "inventory_file",
          "inventory_hostname",
          "inventory_hostname_short",
          "mount_points",
          "omit",
          "packages",
          "play_hosts",
          "playbook_dir",
          "role_name",
          "role_names",
          "role_path",
          "role_uuid",
          "services",
          "template_destpath",
          "template_fullpath",
          "template_host",
          "template_mtime",
          "template_path",
          "template_run_date",
          "template_uid",
          "vars");

  private static final List<String> FACTS = List.of("ansible_", "facter_", "ohai_", "getent_");

  private final Map<String, Map<Location, Value>> byName = new HashMap<>();
  private final Map<String, Value> extra = new HashMap<>();
  private final Set<String> atRunTime = new HashSet<>();
  private final Set<String> registered = new HashSet<>();
  private final Map<Location, Coverage.Unknown> unknown = new LinkedHashMap<>();
  private boolean open;

  void add(Map<String, Located> variables) {
    variables.forEach((name, value) -> add(name, value.value(), value.at()));
  }

  void add(String name, Value value, Location at) {
    byName.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(at, value);
  }

  void addExtra(Map<String, Variable> variables) {
    extra.putAll(Variable.values(variables));
  }

  /** A name whose value only the run knows. */
  void addAtRunTime(String name) {
    atRunTime.add(name);
  }

  /** A name that takes a task's result. */
  void addRegistered(String name) {
    registered.add(name);
    addAtRunTime(name);
  }

  /** From now on any name may be defined: this source cannot be read before the run. */
  void open(Location source) {
    open = true;
    unknown.put(source, new Coverage.Unknown(Coverage.Kind.VARIABLES, source));
  }

  /** From now on any name may be defined: a file could not be read, and that is told already. */
  void openAfterError() {
    open = true;
  }

  /** The sources that cannot be read before the run. */
  Collection<Coverage.Unknown> unknown() {
    return unknown.values();
  }

  boolean isOpen() {
    return open;
  }

  /** Whether some source defines the name, or may define it. */
  boolean knows(String name) {
    return open
        || MAGIC.contains(name)
        || FACTS.stream().anyMatch(name::startsWith)
        || atRunTime.contains(name)
        || byName.containsKey(name)
        || extra.containsKey(name);
  }

  /** Whether the value is a task's result and nothing else. */
  boolean isResult(String name) {
    return registered.contains(name) && !byName.containsKey(name) && !extra.containsKey(name);
  }

  /** The value, when there is only one that the name can have. */
  Optional<Located> only(String name) {
    Value given = extra.get(name);
    if (given != null) {
      return Optional.of(new Located(given, Magic.place()));
    }
    @Nullable Map<Location, Value> defined = byName.get(name);
    if (open || defined == null || defined.size() != 1 || atRunTime.contains(name)) {
      return Optional.empty();
    }
    Map.Entry<Location, Value> one = defined.entrySet().iterator().next();
    return Optional.of(new Located(one.getValue(), one.getKey()));
  }

  /** Every value that the name can have, as far as they are known. */
  Collection<Value> values(String name) {
    return byName.getOrDefault(name, Map.of()).values();
  }

  /** The names that can be proposed instead of a wrong one. */
  Set<String> names() {
    Set<String> names = new HashSet<>(byName.keySet());
    names.addAll(extra.keySet());
    names.addAll(atRunTime);
    names.addAll(MAGIC);
    return names;
  }
}
