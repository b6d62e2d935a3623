package dev.hearth.run;

import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The two spellings of facts: {@code ansible_facts.x}, and {@code ansible_x} as a variable of its
 * own. What a host says of itself must not say how to get into it, so facts with the names of
 * connection variables are no variables.
 */
final class FactNames {

  static final String PREFIX = "ansible_";
  static final String LOCAL = "ansible_local";
  static final String ALL = "ansible_facts";

  private static final Set<String> NEVER_VARIABLES =
      Set.of(
          "ansible_connection",
          "ansible_host",
          "ansible_user",
          "ansible_shell_executable",
          "ansible_port",
          "ansible_pipelining",
          "ansible_password",
          "ansible_timeout",
          "ansible_shell_type",
          "ansible_module_compression",
          "ansible_private_key_file",
          "ansible_become",
          "ansible_rsync_path",
          "ansible_playbook_python",
          ALL);

  private FactNames() {}

  /**
   * The name as it stands in {@code ansible_facts}: without the prefix, but {@code ansible_local}
   * keeps it.
   */
  static String plain(String name) {
    return name.startsWith(PREFIX) && !name.equals(LOCAL) ? name.substring(PREFIX.length()) : name;
  }

  /**
   * Facts as variables.
   *
   * @param facts by the names under which they were found
   * @param injected whether each is a variable of its own, too ({@code inject_facts_as_vars})
   */
  static Map<String, Value> variables(Map<String, Value> facts, boolean injected) {
    Map<String, Value> variables = new LinkedHashMap<>();
    Map<String, Value> all = new LinkedHashMap<>();
    facts.forEach(
        (name, value) -> {
          all.put(plain(name), value);
          if (injected ? mayBeVariable(name) : name.equals(LOCAL)) {
            variables.put(name, value);
          }
        });
    if (!injected) {
      variables.putIfAbsent(LOCAL, Value.Dict.EMPTY);
    }
    variables.put(ALL, Value.Dict.ofTexts(all));
    return variables;
  }

  private static boolean mayBeVariable(String name) {
    boolean connects =
        NEVER_VARIABLES.contains(name)
            || name.startsWith("ansible_become_")
            || name.startsWith("ansible_local_")
            || name.startsWith("ansible_ssh_") && !name.startsWith("ansible_ssh_host_key_")
            || name.startsWith(PREFIX) && name.endsWith("_interpreter");
    return !connects && !name.startsWith("_ansible_");
  }
}
