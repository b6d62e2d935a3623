package dev.hearth.run;

import dev.hearth.plan.Result;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How a module was called, as a result has it under {@code invocation}: all its parameters, with
 * what they are when nobody gives them.
 *
 * <p>Ansible does the work of some modules with others; what those are given is shown as there, so
 * far as it does not name temporary files.
 */
final class ModuleCall {

  /** Where a result has it. */
  static final Value KEY = Value.text("invocation");

  private static final String HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER";
  private static final String COMMAND = "ansible.builtin.command";
  private static final String SHELL = "ansible.builtin.shell";
  private static final String COPY = "ansible.builtin.copy";
  private static final String FILE = "ansible.builtin.file";

  /** Ansible sends files with two other modules, after it found out whether there is anything. */
  private static final Set<String> SENDS = Set.of(COPY, "ansible.builtin.template");

  /** What they are told of the file itself, besides where it goes. */
  private static final Set<String> OF_FILE =
      Set.of(
          "dest",
          "mode",
          "owner",
          "group",
          "seuser",
          "serole",
          "setype",
          "selevel",
          "attributes",
          "unsafe_writes");

  /** They run without a module of Ansible's. */
  private static final Set<String> WITHOUT =
      Set.of("ansible.builtin.raw", "ansible.builtin.script");

  private final AtomicReference<ParameterTable> table = new AtomicReference<>();

  /** Most runs never ask for the table. */
  private ParameterTable table() {
    ParameterTable known = table.get();
    if (known == null) {
      known = ParameterTable.load();
      table.set(known);
    }
    return known;
  }

  /** The result with how its module was called. */
  Result in(Result result, String module, Map<String, Value> given, boolean check) {
    if (WITHOUT.contains(module)) {
      return result;
    }
    Map<String, Value> all =
        switch (module) {
          case SHELL, COMMAND -> command(module, given);
          case FILE -> file(result, given);
          default ->
              SENDS.contains(module) && !remote(given)
                  ? sent(result, given, check)
                  : all(module, given);
        };
    return result.with(
        "invocation", Value.Dict.ofTexts(Map.of("module_args", Value.Dict.ofTexts(all))));
  }

  private static boolean remote(Map<String, Value> given) {
    return Keywords.meant(given.getOrDefault("remote_src", Value.Bool.FALSE)).orElse(false);
  }

  private Map<String, Value> command(String module, Map<String, Value> given) {
    Map<String, Value> all = all(COMMAND, given);
    all.put("_uses_shell", Value.bool(module.equals(SHELL)));
    return all;
  }

  /** Without a state it is the one that the path has. */
  private Map<String, Value> file(Result result, Map<String, Value> given) {
    Map<String, Value> all = all(FILE, given);
    Value state = result.values().get("state");
    if (all.get("state") instanceof Value.Null && state != null) {
      all.put("state", state);
    }
    return all;
  }

  private Map<String, Value> sent(Result result, Map<String, Value> given, boolean check) {
    if (check && result.changed()) {
      return plain(COPY, given);
    }
    Map<String, Value> file = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (OF_FILE.contains(name) || (result.changed() && !name.equals("content"))) {
            file.put(name, value);
          }
        });
    Value dest = result.values().get("dest");
    if (dest != null) {
      file.put("dest", dest);
    }
    if (given.get("src") instanceof Value.Textual source) {
      String path = source.reveal();
      file.put("_original_basename", source.with(path.substring(path.lastIndexOf('/') + 1)));
    }
    if (result.changed()) {
      Value sum = result.values().get("checksum");
      if (sum != null) {
        file.put("checksum", sum);
      }
      file.put("follow", Value.Bool.FALSE);
      Map<String, Value> all = all(COPY, file);
      all.keySet().retainAll(names(COPY));
      return all;
    }
    file.put("state", Value.text("file"));
    return all(FILE, file);
  }

  private Set<String> names(String module) {
    Set<String> names = new HashSet<>();
    table().of(module).forEach(row -> names.add(row.name()));
    return names;
  }

  private Map<String, Value> all(String module, Map<String, Value> given) {
    List<ParameterTable.Row> rows = table().of(module);
    Map<String, Value> all = plain(module, given);
    for (ParameterTable.Row row : rows) {
      Value value = given.get(row.name());
      for (String alias : row.aliases()) {
        value = value == null ? given.get(alias) : value;
      }
      if (value == null || value instanceof Value.Null) {
        all.put(row.name(), row.otherwise());
      } else {
        all.put(
            row.name(), row.secret() ? Value.text(HIDDEN) : as(row.type(), row.elements(), value));
      }
    }
    return all;
  }

  /** What was given, as it was given. */
  private Map<String, Value> plain(String module, Map<String, Value> given) {
    Map<String, Value> all = new LinkedHashMap<>(given);
    for (ParameterTable.Row row : table().of(module)) {
      if (row.secret()) {
        all.replaceAll(
            (name, value) ->
                name.equals(row.name()) || row.aliases().contains(name)
                    ? Value.text(HIDDEN)
                    : value);
      }
    }
    return all;
  }

  private static Value as(String type, String elements, Value value) {
    return switch (type) {
      case "str", "path" -> text(value);
      case "bool" -> Keywords.meant(value).<Value>map(Value::bool).orElse(value);
      case "int" -> number(value);
      case "list" -> list(elements, value);
      default -> value;
    };
  }

  private static Value text(Value value) {
    return value instanceof Value.Textual ? value : Value.text(Printed.str(value));
  }

  private static Value number(Value value) {
    if (value instanceof Value.Textual text && text.reveal().strip().matches("[+-]?\\d{1,18}")) {
      return Value.number(Long.parseLong(text.reveal().strip()));
    }
    return value;
  }

  private static Value list(String elements, Value value) {
    List<Value> items =
        switch (value) {
          case Value.Seq list -> list.items();
          case Value.Textual text ->
              List.of(text.reveal().split(",", -1)).stream()
                  .<Value>map(item -> text.with(item.strip()))
                  .toList();
          default -> List.of(text(value));
        };
    return new Value.Seq(items.stream().map(item -> as(elements, "raw", item)).toList());
  }
}
