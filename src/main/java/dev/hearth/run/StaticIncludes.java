package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.LoadedRole;
import dev.hearth.playbook.LoadedTasks;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.RoleRequest;
import dev.hearth.playbook.Task;
import dev.hearth.playbook.TaskSource;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code include_tasks} and {@code include_role} bring in, as far as their names are written
 * without a template, so that it can be looked at before the run.
 */
final class StaticIncludes {

  private final TaskSource source;
  private final Map<Task, Optional<Brought>> known =
      Collections.synchronizedMap(new IdentityHashMap<>());

  StaticIncludes(TaskSource source) {
    this.source = source;
  }

  /**
   * What an include brings in.
   *
   * @param problems why it could not be loaded; everything else is empty then
   */
  record Brought(
      List<Entry> entries,
      List<RoleInstance> roles,
      List<Handler> handlers,
      List<Diagnostic> problems) {}

  /** What this include brings in; empty when only the run can tell. */
  Optional<Brought> of(Task include) {
    return known.computeIfAbsent(include, this::load);
  }

  /** Tells two includes apart that mean different content. */
  static String identity(Task include) {
    return include.action().name()
        + include.action().args().values().stream().map(Located::value).toList()
        + include.action().freeForm().map(Located::value)
        + include.context().file();
  }

  private Optional<Brought> load(Task include) {
    boolean open =
        include.action().argsTemplate().isPresent()
            || include.action().freeForm().filter(text -> !isText(text)).isPresent()
            || include.action().args().entrySet().stream()
                .anyMatch(each -> names(each.getKey()) && !isText(each.getValue()));
    if (open) {
      return Optional.empty();
    }
    try {
      return include.action().name().equals(Directives.INCLUDE_TASKS)
          ? tasks(include)
          : role(include);
    } catch (HearthException wrong) {
      return Optional.of(new Brought(List.of(), List.of(), List.of(), wrong.diagnostics()));
    }
  }

  private static boolean names(String argument) {
    return !List.of("apply", "public", "allow_duplicates", "rolespec_validate").contains(argument);
  }

  private Optional<Brought> tasks(Task include) {
    Optional<Located> file =
        include
            .action()
            .freeForm()
            .or(() -> Optional.ofNullable(include.action().args().get("file")));
    return file.map(
        name -> {
          LoadedTasks loaded =
              source.loadTasks(
                  new Located(Value.text(Keywords.text(name.value()).strip()), name.at()),
                  include.included(),
                  include.context());
          return new Brought(loaded.entries(), loaded.roles(), loaded.handlers(), List.of());
        });
  }

  private Optional<Brought> role(Task include) {
    return argument(include, "name")
        .or(() -> argument(include, "role"))
        .map(
            name -> {
              LoadedRole loaded =
                  source.loadRole(
                      new RoleRequest(
                          include.action().at(),
                          name,
                          argument(include, "tasks_from"),
                          argument(include, "vars_from"),
                          argument(include, "defaults_from"),
                          argument(include, "handlers_from"),
                          new RoleRequest.Options(false, true, validates(include))),
                      include.included(),
                      include.context());
              return new Brought(loaded.entries(), loaded.roles(), loaded.handlers(), List.of());
            });
  }

  /** Whether the role's arguments are certainly checked. */
  private static boolean validates(Task include) {
    Located written = include.action().args().get("rolespec_validate");
    return written == null
        || (!(written.value() instanceof Value.Template)
            && Keywords.bool(written.value(), written.at()));
  }

  private static Optional<String> argument(Task include, String name) {
    return Optional.ofNullable(include.action().args().get(name))
        .map(located -> Keywords.text(located.value()));
  }

  private static boolean isText(Located value) {
    return value.value() instanceof Value.Text;
  }
}
