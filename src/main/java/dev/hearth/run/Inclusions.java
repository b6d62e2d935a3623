package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.playbook.Attributes;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.LoadedRole;
import dev.hearth.playbook.LoadedTasks;
import dev.hearth.playbook.RoleRequest;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads what {@code include_tasks} and {@code include_role} ask for. */
final class Inclusions {

  private final Services services;
  private final PlayState state;

  Inclusions(Services services, PlayState state) {
    this.services = services;
    this.state = state;
  }

  /**
   * Entries to walk.
   *
   * @param name what the output calls them: the file or the role
   */
  record Loaded(String name, List<Entry> entries) {}

  /** Loads what one inclusion asks for on behalf of these hosts. */
  Loaded load(Task task, TaskReport.Inclusion inclusion, List<String> hosts) {
    Map<String, Located> locals = new LinkedHashMap<>();
    inclusion.locals().forEach((name, value) -> locals.put(name, new Located(value, task.at())));
    Attributes inherited = task.included().including(locals);
    return task.action().name().equals(Directives.INCLUDE_TASKS)
        ? tasks(task, inclusion.arguments(), inherited)
        : role(task, inclusion.arguments(), inherited, hosts);
  }

  private Loaded tasks(Task task, Value.Dict arguments, Attributes inherited) {
    String file =
        text(arguments, "file")
            .or(() -> text(arguments, Arguments.FREE_FORM))
            .orElseThrow(
                () ->
                    Diagnostic.error(task.action().at(), "include_tasks names no file")
                        .next("write file: NAME")
                        .failure());
    Location at = task.action().freeForm().map(Located::at).orElse(task.action().at());
    LoadedTasks loaded =
        services
            .tasks()
            .loadTasks(new Located(Value.text(file.strip()), at), inherited, task.context());
    state.addHandlers(loaded.handlers());
    state.addRoles(loaded.roles());
    List<Entry> entries = loaded.entries();
    String name =
        entries.isEmpty()
            ? file
            : entries.getFirst().context().file().toAbsolutePath().normalize().toString();
    return new Loaded(name, entries);
  }

  private Loaded role(Task task, Value.Dict arguments, Attributes inherited, List<String> hosts) {
    String name =
        text(arguments, "name")
            .or(() -> text(arguments, "role"))
            .orElseThrow(
                () ->
                    Diagnostic.error(task.action().at(), "include_role names no role")
                        .next("write name: ROLE")
                        .failure());
    RoleRequest.Options options =
        new RoleRequest.Options(
            flag(task, arguments, "public", RoleRequest.Options.INCLUDE.exported()),
            flag(task, arguments, "allow_duplicates", RoleRequest.Options.INCLUDE.duplicates()),
            flag(task, arguments, "rolespec_validate", RoleRequest.Options.INCLUDE.validated()));
    LoadedRole loaded =
        services
            .tasks()
            .loadRole(
                new RoleRequest(
                    task.action().at(),
                    name,
                    text(arguments, "tasks_from"),
                    text(arguments, "vars_from"),
                    text(arguments, "defaults_from"),
                    text(arguments, "handlers_from"),
                    options),
                inherited,
                task.context());
    state.addHandlers(loaded.handlers());
    state.nameRoles(loaded.roles());
    if (options.exported()) {
      Map<String, Variable> exported = new LinkedHashMap<>();
      loaded
          .role()
          .exportedVars()
          .forEach(vars -> exported.putAll(Variable.all(Level.ROLE_VARS, vars)));
      Map<String, Variable> defaults = new LinkedHashMap<>();
      loaded
          .role()
          .defaultsInForce()
          .forEach(vars -> defaults.putAll(Variable.all(Level.ROLE_DEFAULTS, vars)));
      hosts.forEach(
          host -> services.memory().learn(host, known -> known.withExported(defaults, exported)));
    }
    return new Loaded(name, loaded.entries());
  }

  private static boolean flag(Task task, Value.Dict arguments, String name, boolean otherwise) {
    Value written = arguments.get(name);
    return written == null ? otherwise : Keywords.bool(written, task.action().at());
  }

  private static Optional<String> text(Value.Dict arguments, String name) {
    return Optional.ofNullable(arguments.get(name)).map(Keywords::text);
  }
}
