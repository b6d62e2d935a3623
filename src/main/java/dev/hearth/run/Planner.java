package dev.hearth.run;

import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Playbook;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import dev.hearth.template.Postponed;
import dev.hearth.template.Scope;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the modules that a run may use on a host with their arguments, without connecting to it.
 */
final class Planner {

  private final Services services;
  private final Map<String, Variable> extraVars;

  /**
   * @param services careful ones: nothing is run to find values out
   */
  Planner(Services services, Map<String, Variable> extraVars) {
    this.services = services.careful();
    this.extraVars = extraVars;
  }

  /** Every use of a module in plays of the host, in their order; loops give one for each item. */
  List<PlannedTask> on(String host, List<Playbook> playbooks) {
    List<PlannedTask> all = new ArrayList<>();
    for (Playbook playbook : playbooks) {
      for (Play play : playbook.plays()) {
        Scope scope =
            PlayHosts.scope(play, extraVars, services.inventory().get(), services.options());
        Located pattern = PlayHosts.pattern(play, services.templar(), scope);
        List<String> hosts = PlayHosts.all(pattern, services.inventory().get());
        if (hosts.contains(host)) {
          PlayState state =
              new PlayState(
                  play,
                  PlayHosts.name(play, pattern, services.templar(), scope),
                  hosts,
                  hosts,
                  hosts,
                  Map.of());
          Collector collector = new Collector(new PlayScopes(services, state), host, all);
          new ContentWalk(
                  new StaticIncludes(services.tasks()),
                  new TagSelection(Set.of(), Set.of()),
                  each -> true,
                  collector)
              .through(play);
        }
      }
    }
    return all;
  }

  private final class Collector implements ContentWalk.Visitor {
    private final PlayScopes scopes;
    private final String host;
    private final List<PlannedTask> all;

    Collector(PlayScopes scopes, String host, List<PlannedTask> all) {
      this.scopes = scopes;
      this.host = host;
      this.all = all;
    }

    @Override
    public boolean task(Task task, boolean reached) {
      if (!Directives.includes(task.action().name())) {
        Layers scope = scopes.task(task, host);
        Optional<List<Layers>> items = items(task, scope);
        if (items.isEmpty()) {
          all.add(new PlannedTask(task.action().name(), Optional.empty()));
        }
        items.orElse(List.of()).forEach(item -> one(task, item));
      }
      return reached;
    }

    /** What each item sees; empty when the items are not known yet. */
    private Optional<List<Layers>> items(Task task, Layers scope) {
      if (task.loop().isEmpty()) {
        return Optional.of(List.of(scope));
      }
      LoopItems loop = new LoopItems(services.templar(), task.loop().get(), task);
      try {
        List<Value> values = loop.evaluate(scope).orElse(List.of());
        List<Layers> each = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
          each.add(services.scopes().locals(scope, loop.locals(values, i, scope)));
        }
        return Optional.of(each);
      } catch (TemplateFailure | Postponed notYet) {
        return Optional.empty();
      }
    }

    private void one(Task task, Layers scope) {
      try {
        if (!task.attributes().when().stream()
            .allMatch(condition -> services.templar().condition(condition, scope))) {
          return;
        }
      } catch (TemplateFailure | Postponed notYet) {
        // It may run.
      }
      Optional<Map<String, Value>> arguments;
      try {
        arguments = Optional.of(Arguments.of(task, services, scope).values());
      } catch (TemplateFailure | Postponed notYet) {
        arguments = Optional.empty();
      }
      all.add(new PlannedTask(task.action().name(), arguments));
    }

    @Override
    public void play(Play play) {
      // Its tasks come one by one.
    }

    @Override
    public void role(RoleInstance role) {
      // Its tasks come one by one.
    }

    @Override
    public boolean notified(Handler handler) {
      return false;
    }

    @Override
    public void include(Task include, Optional<StaticIncludes.Brought> brought, boolean certain) {
      // The walk goes on with what it brings in.
    }
  }
}
