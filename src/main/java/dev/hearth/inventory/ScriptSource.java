package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.python.TypeName;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what an executable inventory prints: {@code --list} gives groups and, under {@code _meta},
 * all hosts' variables; without {@code _meta} it is asked for each host with {@code --host}.
 */
final class ScriptSource {

  private static final String META = "_meta";
  private static final List<String> PARTS = List.of("hosts", "vars", "children");

  private final Draft draft;
  private final InventoryProgram program;
  private final Set<String> hosts = new LinkedHashSet<>();

  ScriptSource(Draft draft, InventoryProgram program) {
    this.draft = draft;
    this.program = program;
  }

  void read() {
    Source printed = program.ask("--list");
    Location at = Location.startOf(printed);
    Value.Dict document = mapping(json(printed), "the output", at);
    checkProfile(document, at);
    for (Map.Entry<Value, Value> group : document.entries().entrySet()) {
      String name = ((Value.Text) group.getKey()).value();
      if (!name.equals(META)) {
        group(name, group.getValue(), at);
      }
    }
    Value meta = document.get(META);
    Value known = meta == null ? null : mapping(meta, "'_meta'", at).get("hostvars");
    if (known != null) {
      Value.Dict all = mapping(known, "'_meta.hostvars'", at);
      for (String host : hosts) {
        Value vars = all.get(host);
        variables(host, vars == null ? Value.Dict.EMPTY : vars, at);
      }
    } else {
      hosts.forEach(this::askFor);
    }
  }

  /** What it printed may hold passwords, so that a finding shows the place but not the line. */
  private static Value json(Source printed) {
    try {
      return Json.read(printed);
    } catch (HearthException wrong) {
      Diagnostic finding = wrong.diagnostics().getFirst();
      Source hidden = new Source(printed.name(), "");
      throw Diagnostic.error(
              finding
                  .at()
                  .map(at -> new Location(hidden, at.line(), at.column()))
                  .orElse(Location.startOf(hidden)),
              "what the inventory program prints is not valid JSON")
          .because(finding.why())
          .next("run it by hand and see: " + printed.name().substring("output of ".length()))
          .failure();
    }
  }

  private void askFor(String host) {
    Source printed = program.ask("--host", host);
    if (!printed.text().isBlank()) {
      variables(host, json(printed), Location.startOf(printed));
    }
  }

  private void variables(String host, Value vars, Location at) {
    mapping(vars, "the variables of host '" + host + "'", at)
        .entries()
        .forEach(
            (name, value) ->
                draft.setHostVariable(
                    host, ((Value.Text) name).value(), new Located(Trust.marked(value, at), at)));
  }

  private void group(String name, Value data, Location at) {
    if (name.isEmpty()) {
      throw wrong(at, "a group has an empty name", "give every group a name");
    }
    draft.addGroup(name, at);
    switch (data) {
      case Value.Dict parts when PARTS.stream().anyMatch(part -> parts.get(part) != null) -> {
        members(name, "hosts", parts, at).forEach(host -> host(host, name, at));
        Value vars = parts.get("vars");
        if (vars != null) {
          mapping(vars, "'" + name + ".vars'", at)
              .entries()
              .forEach(
                  (key, value) ->
                      draft.setGroupVariable(
                          name,
                          ((Value.Text) key).value(),
                          new Located(Trust.marked(value, at), at)));
        }
        for (String child : members(name, "children", parts, at)) {
          draft.addGroup(child, at);
          draft.addChild(name, child, at);
        }
      }
      // The oldest form: the group is its own only host.
      case Value.Dict vars -> {
        host(name, name, at);
        vars.entries()
            .forEach(
                (key, value) ->
                    draft.setGroupVariable(
                        name, ((Value.Text) key).value(), new Located(value, at)));
      }
      default -> texts(data, name, at).forEach(host -> host(host, name, at));
    }
  }

  private void host(String host, String group, Location at) {
    if (host.isEmpty()) {
      throw wrong(at, "a host of group '" + group + "' has an empty name", "name every host");
    }
    hosts.add(host);
    draft.addHost(host, group, at, program.file());
  }

  private static List<String> members(String group, String part, Value.Dict parts, Location at) {
    Value list = parts.get(part);
    return list == null ? List.of() : texts(list, group + "." + part, at);
  }

  private static List<String> texts(Value list, String what, Location at) {
    if (!(list instanceof Value.Seq items)
        || !items.items().stream().allMatch(Value.Text.class::isInstance)) {
      throw wrong(
          at,
          "'" + what + "' is no list of names, but of the type '" + TypeName.of(list) + "'",
          "print it as a list of texts");
    }
    return items.items().stream().map(item -> ((Value.Text) item).value()).toList();
  }

  private static Value.Dict mapping(Value value, String what, Location at) {
    if (value instanceof Value.Dict mapping) {
      return mapping;
    }
    throw wrong(
        at,
        what + " is no mapping, but of the type '" + TypeName.of(value) + "'",
        "print a mapping");
  }

  /** A program may say which dialect of JSON it speaks; there is only one for inventories. */
  private static void checkProfile(Value.Dict document, Location at) {
    if (document.get(META) instanceof Value.Dict meta
        && meta.get("profile") instanceof Value.Text profile
        && !profile.value().equals("inventory_legacy")) {
      throw wrong(
          at,
          "the JSON profile '" + profile.value() + "' is not supported",
          "leave _meta.profile out, or print 'inventory_legacy'");
    }
  }

  private static HearthException wrong(Location at, String summary, String next) {
    return Diagnostic.error(at, summary)
        .because("an inventory program prints groups with hosts, vars and children as JSON")
        .next(next)
        .failure();
  }
}
