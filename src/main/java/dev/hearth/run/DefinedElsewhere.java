package dev.hearth.run;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.SourceFiles;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import dev.hearth.playbook.VarsScope;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the definitions of one variable that only some tasks of a play see (those of blocks, tasks,
 * includes and roles), or that tasks make while it runs.
 */
final class DefinedElsewhere implements ContentWalk.Visitor {

  private final String variable;
  private final SourceFiles files;
  private final Map<Location, Explanation.Elsewhere> found = new LinkedHashMap<>();

  DefinedElsewhere(String variable, SourceFiles files) {
    this.variable = variable;
    this.files = files;
  }

  /** What was found on the way, in its order. */
  List<Explanation.Elsewhere> found() {
    return List.copyOf(found.values());
  }

  @Override
  public void play(Play play) {
    // What the play says of itself is seen by all of it.
  }

  @Override
  public void role(RoleInstance role) {
    String where = "seen by the role " + role.name();
    role.defaultsInForce().forEach(vars -> add(Level.ROLE_DEFAULTS, vars, where));
    role.varsInForce().forEach(vars -> add(Level.ROLE_VARS, vars, where));
    role.paramsInForce().forEach(vars -> add(Level.ROLE_PARAMS, vars, where));
  }

  @Override
  public boolean task(Task task, boolean reached) {
    task.context().role().ifPresent(this::role);
    int inside = task.attributes().scopes().size();
    for (VarsScope scope : task.attributes().scopes()) {
      inside--;
      boolean include = scope.kind() == VarsScope.Kind.INCLUDE;
      Level level =
          include ? Level.INCLUDE_PARAMS : inside == 0 ? Level.TASK_VARS : Level.BLOCK_VARS;
      add(level, scope.vars(), include ? "seen by what is included" : "seen there only");
    }
    task.register()
        .filter(name -> Keywords.text(name.value()).equals(variable))
        .ifPresent(name -> add(Level.SET_FACT, name.at(), Optional.empty(), "registered there"));
    task.loop()
        .filter(
            loop ->
                loop.loopVar().equals(variable)
                    || loop.indexVar().filter(variable::equals).isPresent())
        .ifPresent(
            loop -> add(Level.MAGIC, loop.items().at(), Optional.empty(), "set by the loop there"));
    if (task.action().name().equals(Directives.SET_FACT)) {
      add(Level.SET_FACT, task.action().args(), "set when the task has run");
    } else if (task.action().name().equals(Directives.INCLUDE_VARS)) {
      includedVars(task);
    }
    return false;
  }

  private void includedVars(Task task) {
    Map<String, Value> values = new LinkedHashMap<>();
    task.action().args().forEach((name, value) -> values.put(name, value.value()));
    task.action().freeForm().ifPresent(text -> values.put(Arguments.FREE_FORM, text.value()));
    if (!values.values().stream().allMatch(value -> value instanceof Value.Text)) {
      return;
    }
    Scope scope = Scope.of(Map.of(), new SearchPath(task.context().searchDirectories()));
    Arguments arguments = new Arguments(values, Map.of());
    try {
      Value read =
          new IncludedVars(files, scope, task.context(), arguments, task.at()).read().get(variable);
      if (read != null) {
        add(Level.INCLUDE_VARS, task.at(), Optional.of(read), "read when the task has run");
      }
    } catch (HearthException unreadable) {
      // hearth check tells of files that are missing; here only what defines the variable counts.
    }
  }

  @Override
  public boolean notified(Handler handler) {
    return false;
  }

  @Override
  public void include(Task include, Optional<StaticIncludes.Brought> brought, boolean certain) {
    // The walk goes on with the tasks that it brings in.
  }

  private void add(Level level, Map<String, Located> vars, String where) {
    Located value = vars.get(variable);
    if (value != null) {
      add(level, value.at(), Optional.of(value.value()), where);
    }
  }

  private void add(Level level, Location at, Optional<Value> written, String where) {
    found.putIfAbsent(at, new Explanation.Elsewhere(level, at, written, where));
  }
}
