package dev.hearth.playbook;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A module or directive with its arguments as written.
 *
 * @param written the name as the user wrote it
 * @param name the full name, such as {@code ansible.builtin.copy}
 * @param args the arguments by the names that the user wrote (an alias stays an alias)
 * @param freeForm the text behind the name that is not {@code key=value}, such as a command line or
 *     the file of {@code include_tasks}
 * @param argsTemplate a template that gives further arguments as a mapping ({@code args: "{{ more
 *     }}"}); those in {@code args} win
 * @param at where the name stands
 * @param python what to run where Hearth has no such module but this machine has one in Python
 */
public record Action(
    String written,
    String name,
    Map<String, Located> args,
    Optional<Located> freeForm,
    Optional<Located> argsTemplate,
    Location at,
    Optional<PythonModule> python) {

  /** One that is no Python. */
  public Action(
      String written,
      String name,
      Map<String, Located> args,
      Optional<Located> freeForm,
      Optional<Located> argsTemplate,
      Location at) {
    this(written, name, args, freeForm, argsTemplate, at, Optional.empty());
  }

  /** Keeps its own copy, in the order given. */
  public Action {
    args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
  }
}
