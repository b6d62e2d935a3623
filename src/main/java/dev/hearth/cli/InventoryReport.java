package dev.hearth.cli;

import dev.hearth.inventory.Group;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.Inventory;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An inventory in the three forms of {@code ansible-inventory}: JSON, YAML and a tree. */
final class InventoryReport {

  private static final String PROFILE = "inventory_legacy";

  private final Inventory inventory;
  private final Map<String, Host> hosts;
  private final InventoryVariables variables;
  private final boolean export;

  /**
   * @param hosts the hosts to show
   * @param export whether groups are shown with their variables
   */
  InventoryReport(
      Inventory inventory, List<Host> hosts, InventoryVariables variables, boolean export) {
    this.inventory = inventory;
    this.hosts = new LinkedHashMap<>();
    hosts.forEach(host -> this.hosts.put(host.name(), host));
    this.variables = variables;
    this.export = export;
  }

  /** Every group with the names in it, and all hosts' variables: what inventory programs print. */
  Value flat() {
    Map<String, Value> all = new LinkedHashMap<>();
    for (Group group : inventory.groups()) {
      Map<String, Value> shown = new LinkedHashMap<>();
      List<String> members = group.hosts().stream().filter(hosts::containsKey).toList();
      if (!members.isEmpty() && !group.name().equals(Group.ALL)) {
        shown.put("hosts", texts(members));
      }
      if (!group.children().isEmpty()) {
        shown.put("children", texts(group.children()));
      }
      putVariables(group, shown);
      if (!shown.isEmpty()) {
        all.put(group.name(), Value.Dict.ofTexts(shown));
      }
    }
    Map<String, Value> hostVars = new LinkedHashMap<>();
    hosts.forEach(
        (name, host) -> {
          Map<String, Value> vars = variables.ofHost(host);
          if (!vars.isEmpty()) {
            hostVars.put(name, InventoryVariables.dict(vars));
          }
        });
    all.put(
        "_meta",
        Value.Dict.ofTexts(
            Map.of("hostvars", Value.Dict.ofTexts(hostVars), "profile", Value.text(PROFILE))));
    return Value.Dict.ofTexts(all);
  }

  /** Groups inside groups: an inventory in YAML. */
  Value nested() {
    return Value.Dict.ofTexts(
        nested(inventory.group(Group.ALL).orElseThrow(), new HashSet<>(), new HashSet<>()));
  }

  /** A group under its name, or nothing when there is nothing to say of it. */
  private Map<String, Value> nested(Group group, Set<String> seenGroups, Set<String> seenHosts) {
    Map<String, Value> children = new LinkedHashMap<>();
    for (String child : group.children()) {
      if (seenGroups.contains(child)) {
        children.put(child, Value.Dict.EMPTY);
      } else {
        children.putAll(nested(inventory.group(child).orElseThrow(), seenGroups, seenHosts));
        seenGroups.add(child);
      }
    }
    Map<String, Value> members = new LinkedHashMap<>();
    if (!group.name().equals(Group.ALL)) {
      for (String name : group.hosts()) {
        Host host = hosts.get(name);
        if (host != null) {
          members.put(
              name,
              seenHosts.add(name)
                  ? InventoryVariables.dict(variables.ofHost(host))
                  : Value.Dict.EMPTY);
        }
      }
    }
    Map<String, Value> shown = new LinkedHashMap<>();
    if (!children.isEmpty()) {
      shown.put("children", Value.Dict.ofTexts(children));
    }
    if (!members.isEmpty()) {
      shown.put("hosts", Value.Dict.ofTexts(members));
    }
    putVariables(group, shown);
    return shown.isEmpty() ? Map.of() : Map.of(group.name(), Value.Dict.ofTexts(shown));
  }

  /**
   * Groups and hosts as a tree.
   *
   * @param top where it begins
   * @param vars whether variables are shown
   */
  String graph(Group top, boolean vars) {
    List<String> lines = new ArrayList<>();
    graph(top, 0, vars, lines);
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private void graph(Group group, int depth, boolean vars, List<String> lines) {
    lines.add(line("@" + group.name() + ":", depth));
    for (String child : group.children()) {
      graph(inventory.group(child).orElseThrow(), depth + 1, vars, lines);
    }
    if (!group.name().equals(Group.ALL)) {
      for (String name : group.hosts()) {
        lines.add(line(name, depth + 1));
        if (vars) {
          variables(variables.ofHost(inventory.host(name).orElseThrow()), depth + 2, lines);
        }
      }
    }
    if (vars) {
      variables(variables.ofGroup(group), depth + 1, lines);
    }
  }

  private static void variables(Map<String, Value> variables, int depth, List<String> lines) {
    variables.forEach(
        (name, value) ->
            lines.add(
                line("{" + name + " = " + Printed.str(Unevaluated.plain(value)) + "}", depth)));
  }

  private static String line(String text, int depth) {
    return depth == 0 ? text : "  |".repeat(depth) + "--" + text;
  }

  private void putVariables(Group group, Map<String, Value> shown) {
    if (export) {
      Map<String, Value> vars = variables.ofGroup(group);
      if (!vars.isEmpty()) {
        shown.put("vars", InventoryVariables.dict(vars));
      }
    }
  }

  private static Value texts(List<String> texts) {
    return new Value.Seq(texts.stream().<Value>map(Value::text).toList());
  }
}
