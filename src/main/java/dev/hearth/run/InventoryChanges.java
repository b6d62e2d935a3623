package dev.hearth.run;

import dev.hearth.plan.Result;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The actions that change the inventory: {@code add_host} and {@code group_by}. */
final class InventoryChanges {

  private final DirectiveCall call;

  InventoryChanges(DirectiveCall call) {
    this.call = call;
  }

  private static final Pattern WITH_PORT = Pattern.compile("([^:\\[\\]]+):(\\d+)");

  Result addHost() {
    String written =
        call.text("name")
            .or(() -> call.text("hostname"))
            .or(() -> call.text("host"))
            .orElseThrow(() -> call.missing("name"));
    Matcher address = WITH_PORT.matcher(written);
    String name = address.matches() ? address.group(1) : written;
    call.tell().accept(new Event.Remarked(2, "creating host via 'add_host': hostname=" + name));
    Value groups =
        call.arguments()
            .values()
            .getOrDefault(
                "groupname",
                call.arguments()
                    .values()
                    .getOrDefault(
                        "groups", call.arguments().values().getOrDefault("group", Value.NULL)));
    List<String> groupNames = Keywords.texts(groups).stream().distinct().toList();
    Map<String, Located> vars = new LinkedHashMap<>();
    if (address.matches()) {
      Value port = Value.number(Long.parseLong(address.group(2)));
      vars.put("ansible_ssh_port", call.located(port, "name"));
    }
    call.arguments()
        .values()
        .forEach(
            (key, value) -> {
              if (!Set.of("name", "hostname", "groups", "groupname").contains(key)) {
                vars.put(key, call.located(value, key));
              }
            });
    call.services()
        .inventory()
        .change(now -> now.withHost(name, groupNames, vars, call.task().at()));
    Map<String, Value> made = new LinkedHashMap<>();
    made.put("host_name", Value.text(name));
    made.put("groups", texts(groupNames));
    Map<String, Value> values = new TreeMap<>();
    vars.forEach((key, value) -> values.put(key, value.value()));
    made.put("host_vars", Value.Dict.ofTexts(values));
    return Result.changedNow().with("add_host", Value.Dict.ofTexts(made));
  }

  Result groupBy() {
    String group = call.text("key").orElseThrow(() -> call.missing("key")).replace(' ', '-');
    List<String> parents =
        (call.arguments().values().getOrDefault("parents", Value.text("all"))
                    instanceof Value.Seq list
                ? list.items().stream().map(Keywords::text)
                : Stream.of(call.text("parents").orElse("all")))
            .map(parent -> parent.replace(' ', '-'))
            .toList();
    call.services()
        .inventory()
        .change(now -> now.withGroup(group, List.of(call.host()), parents, call.task().at()));
    return Result.changedNow().with("add_group", group).with("parent_groups", texts(parents));
  }

  private static Value texts(List<String> texts) {
    return new Value.Seq(texts.stream().<Value>map(Value::text).toList());
  }
}
