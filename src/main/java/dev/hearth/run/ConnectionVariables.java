package dev.hearth.run;

import dev.hearth.playbook.Keyword;
import dev.hearth.template.Templar;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variables of the connection that a task sees although nobody sets them, such as {@code
 * ansible_host}: they say what is used where no variable says otherwise. {@code hostvars} does not
 * have them.
 */
final class ConnectionVariables {

  private final Templar templar;
  private final RunOptions.ConnectionOptions options;

  ConnectionVariables(Templar templar, RunOptions.ConnectionOptions options) {
    this.templar = templar;
    this.options = options;
  }

  /**
   * What the task sees with these variables added where they are missing.
   *
   * @param keywords of the task
   * @param worker the host that does the work
   * @param access the variables of that host
   */
  Layers added(Layers scope, Keywords keywords, String worker, Layers access) {
    Map<String, Value> missing = new LinkedHashMap<>();
    String kind = keywords.text(Keyword.CONNECTION).orElse(options.type());
    put(missing, scope, List.of("ansible_connection"), Value.text(kind));
    put(missing, scope, List.of("ansible_host", "ansible_ssh_host"), address(worker, access));
    keywords
        .text(Keyword.REMOTE_USER)
        .or(options::user)
        .map(Value::text)
        .ifPresent(user -> put(missing, scope, List.of("ansible_user", "ansible_ssh_user"), user));
    put(
        missing,
        scope,
        List.of("ansible_timeout", "ansible_ssh_timeout"),
        Value.number(options.timeout().toSeconds()));
    options
        .privateKey()
        .map(key -> Value.text(key.toString()))
        .ifPresent(
            key ->
                put(
                    missing,
                    scope,
                    List.of("ansible_private_key_file", "ansible_ssh_private_key_file"),
                    key));
    return missing.isEmpty() ? scope : scope.with(Level.MAGIC, Magic.variables(missing));
  }

  /** The address under which a host is reached, as its variables say, or its name. */
  Value address(String worker, Layers access) {
    return Optional.ofNullable(access.find("ansible_host"))
        .or(() -> Optional.ofNullable(access.find("ansible_ssh_host")))
        .map(written -> templar.resolve(written, access))
        .orElse(Value.text(worker));
  }

  /** Names that mean the same take the value of the one that is set. */
  private static void put(
      Map<String, Value> missing, Layers scope, List<String> names, Value otherwise) {
    @Nullable Value known = null;
    for (String name : names) {
      known = known == null ? scope.find(name) : known;
    }
    for (String name : names) {
      if (scope.find(name) == null) {
        missing.put(name, known == null ? otherwise : known);
      }
    }
  }
}
