package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Block;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a play's entries with all hosts of the batch, task by task: the linear strategy. A host
 * that fails leaves the entries it is in; a block with {@code rescue} takes it up again.
 */
final class EntryWalk {

  private final Services services;
  private final PlayState state;
  private final PlayScopes scopes;
  private final EventSink sink;
  private final Tallies tallies;
  private final Parallel parallel;
  private final TagSelection tags;
  private final StartPoint start;
  private final Metas metas;

  EntryWalk(
      Services services,
      PlayState state,
      PlayScopes scopes,
      EventSink sink,
      Tallies tallies,
      StartPoint start) {
    this.services = services;
    this.state = state;
    this.scopes = scopes;
    this.sink = sink;
    this.tallies = tallies;
    this.parallel = new Parallel(services.options().forks(), sink);
    this.tags = new TagSelection(services.options().tags(), services.options().skipTags());
    this.start = start;
    this.metas = new Metas(services, state, scopes, this::flushHandlers);
  }

  /** Runs entries of the play itself; hosts that fail are out of the play. */
  void section(List<Entry> entries) {
    walk(entries, state.active(), false).forEach(state::fail);
  }

  /** Runs the handlers that were notified, in the order in which they are written. */
  void flushHandlers() {
    while (state.anyNotified()) {
      for (Handler handler : state.handlers()) {
        Set<String> hosts = state.takeNotified(handler);
        List<String> able =
            state.batch().stream().filter(hosts::contains).filter(this::mayHandle).toList();
        if (!able.isEmpty()) {
          run(handler.task(), able, Event.Kind.HANDLER, false).forEach(state::fail);
        }
      }
    }
  }

  private boolean mayHandle(String host) {
    boolean forced =
        services.options().forceHandlers()
            || state
                .play()
                .forceHandlers()
                .map(value -> Keywords.bool(value.value(), value.at()))
                .orElse(false);
    return state.takesPart(host)
        || (forced && state.failed().contains(host) && !state.unreachable().contains(host));
  }

  /**
   * Runs entries on hosts.
   *
   * @param rescuable whether a block around them has a rescue, so that a failure counts as rescued
   * @return the hosts that failed and were not rescued in here
   */
  private Set<String> walk(List<Entry> entries, Collection<String> hosts, boolean rescuable) {
    Set<String> failed = new LinkedHashSet<>();
    for (Entry entry : entries) {
      List<String> able =
          hosts.stream().filter(state::takesPart).filter(host -> !failed.contains(host)).toList();
      if (able.isEmpty()) {
        return failed;
      }
      switch (entry) {
        case Block block -> failed.addAll(block(block, able, rescuable));
        case Task task -> failed.addAll(selected(task, able, rescuable));
      }
    }
    return failed;
  }

  private Set<String> block(Block block, List<String> hosts, boolean rescuable) {
    boolean rescues = !block.rescue().isEmpty();
    Set<String> failed = walk(block.entries(), hosts, rescues || rescuable);
    if (rescues && !failed.isEmpty()) {
      failed = walk(block.rescue(), failed, rescuable);
    }
    if (!block.always().isEmpty()) {
      Set<String> all = new LinkedHashSet<>(failed);
      all.addAll(walk(block.always(), hosts, rescuable));
      failed = all;
    }
    return failed;
  }

  private Set<String> selected(Task task, List<String> hosts, boolean rescuable) {
    if (!tags.selects(task.attributes().tags()) || !start.reached(task)) {
      return Set.of();
    }
    if (task.action().name().equals(Directives.META)) {
      metas.run(task, hosts);
      return Set.of();
    }
    return run(task, hosts, Event.Kind.TASK, rescuable);
  }

  /** Runs one task on hosts and gives those that failed. */
  Set<String> run(Task task, List<String> hosts, Event.Kind kind, boolean rescuable) {
    boolean once = keyword(task, Keyword.RUN_ONCE, hosts.getFirst());
    List<String> workers = once ? hosts.subList(0, 1) : hosts;
    Layers first = scopes.task(task, workers.getFirst());
    sink.accept(
        new Event.TaskStarted(
            kind,
            Names.banner(task, services.templar(), first),
            Optional.of(task.at()),
            services.options().check()));
    List<TaskReport> reports =
        parallel.on(
            workers,
            throttle(task, workers.getFirst()),
            (host, tell) -> new TaskOnHost(services, task, host, scopes.of(host), tell).run());
    Set<String> failed = new LinkedHashSet<>();
    for (TaskReport report : reports) {
      settle(task, report, once ? hosts : List.of(report.host()), rescuable, failed);
    }
    failed.addAll(include(task, reports, once ? hosts : List.of(), rescuable));
    if (!failed.isEmpty() && keyword(task, Keyword.ANY_ERRORS_FATAL, workers.getFirst())) {
      failed.addAll(hosts);
      if (!rescuable) {
        state.batch().forEach(state::fail);
      }
    }
    return failed;
  }

  private void settle(
      Task task, TaskReport report, List<String> concerned, boolean rescuable, Set<String> failed) {
    String host = report.host();
    boolean includes = Directives.includes(task.action().name());
    if (report.failed() && rescuable) {
      tallies.count(host, tally -> tally.plus(Event.Status.FAILED).rescuedOne());
    } else if (!includes || report.status() != Event.Status.OK) {
      tallies.count(host, tally -> tally.plus(report.status()));
    }
    if (report.status() == Event.Status.IGNORED && report.result().changed()) {
      tallies.count(host, HostTally::changedToo);
    }
    if (report.unreachable()) {
      state.lose(host);
    }
    if (report.failed()) {
      concerned.forEach(one -> rememberFailure(task, report, one));
      failed.addAll(concerned);
    }
    if (concerned.size() > 1) {
      shareRegistered(task, host, concerned);
    }
    if (report.result().changed() && !report.failed()) {
      notifyHandlers(task, concerned);
    }
  }

  private void notifyHandlers(Task task, List<String> hosts) {
    if (task.notifies().isEmpty()) {
      return;
    }
    Notifications notifications = new Notifications(services.templar(), state.handlers());
    for (String host : hosts) {
      notifications
          .of(task, scopes.task(task, host))
          .forEach(handler -> state.notify(handler, host));
    }
  }

  /** What {@code run_once} registered on its one host is there for all. */
  private void shareRegistered(Task task, String worker, List<String> hosts) {
    HostMemory learnt = services.memory().of(worker);
    task.register()
        .map(name -> Keywords.text(name.value()))
        .filter(learnt.set()::containsKey)
        .ifPresent(
            name ->
                hosts.forEach(
                    host ->
                        services
                            .memory()
                            .learn(host, known -> known.withSet(only(name, learnt.set())))));
    if (task.action().name().equals("ansible.builtin.set_fact")) {
      task.action()
          .args()
          .keySet()
          .forEach(
              name ->
                  hosts.forEach(
                      host ->
                          services
                              .memory()
                              .learn(host, known -> known.withSet(only(name, learnt.set())))));
    }
  }

  private static Map<String, Variable> only(String name, Map<String, Variable> all) {
    Variable variable = all.get(name);
    return variable == null ? Map.of() : Map.of(name, variable);
  }

  private void rememberFailure(Task task, TaskReport report, String host) {
    Map<String, Value> about = new LinkedHashMap<>();
    about.put("name", Value.text(Names.of(task, services.templar(), scopes.task(task, host))));
    about.put("action", Value.text(task.action().name()));
    Map<String, Variable> learnt = new LinkedHashMap<>();
    learnt.put(
        "ansible_failed_result",
        new Variable(report.result().toValue(), task.at(), Level.SET_FACT));
    learnt.put(
        "ansible_failed_task", new Variable(Value.Dict.ofTexts(about), task.at(), Level.SET_FACT));
    services.memory().learn(host, known -> known.withSet(learnt));
  }

  /** Brings in what hosts asked for; hosts that ask for the same share it. */
  private Set<String> include(
      Task task, List<TaskReport> reports, List<String> onceFor, boolean rescuable) {
    Map<TaskReport.Inclusion, List<String>> asked = new LinkedHashMap<>();
    for (TaskReport report : reports) {
      for (TaskReport.Inclusion inclusion : report.inclusions()) {
        List<String> hosts = onceFor.isEmpty() ? List.of(report.host()) : onceFor;
        asked.computeIfAbsent(inclusion, key -> new ArrayList<>()).addAll(hosts);
      }
    }
    Set<String> failed = new LinkedHashSet<>();
    for (Map.Entry<TaskReport.Inclusion, List<String>> entry : asked.entrySet()) {
      List<String> hosts =
          entry.getValue().stream().filter(host -> !failed.contains(host)).toList();
      if (!hosts.isEmpty()) {
        failed.addAll(includeOne(task, entry.getKey(), hosts, rescuable));
      }
    }
    return failed;
  }

  private Set<String> includeOne(
      Task task, TaskReport.Inclusion inclusion, List<String> hosts, boolean rescuable) {
    Inclusions.Loaded loaded;
    try {
      loaded = new Inclusions(services, state).load(task, inclusion, hosts);
    } catch (HearthException failure) {
      failure
          .diagnostics()
          .forEach(finding -> sink.accept(new Event.Explained(hosts.getFirst(), finding)));
      hosts.forEach(host -> failInclude(task, host, failure.diagnostics().getFirst(), rescuable));
      return new LinkedHashSet<>(hosts);
    }
    sink.accept(new Event.Included(loaded.name(), hosts, inclusion.item()));
    hosts.forEach(host -> tallies.count(host, tally -> tally.plus(Event.Status.OK)));
    return walk(loaded.entries(), hosts, rescuable);
  }

  private void failInclude(Task task, String host, Diagnostic reason, boolean rescuable) {
    Result result = Result.failure(reason.summary());
    sink.accept(
        new Event.HostDone(
            host,
            Optional.empty(),
            task.action().name(),
            result,
            Event.Status.FAILED,
            Optional.empty(),
            false,
            List.of(),
            false,
            Optional.of(task.at())));
    tallies.count(
        host,
        tally ->
            rescuable
                ? tally.plus(Event.Status.FAILED).rescuedOne()
                : tally.plus(Event.Status.FAILED));
    rememberFailure(task, new TaskReport(host, result, Event.Status.FAILED, List.of()), host);
  }

  private boolean keyword(Task task, Keyword keyword, String host) {
    if (task.attributes().get(keyword).isEmpty()) {
      return false;
    }
    try {
      return new Keywords(task.attributes(), services.templar(), scopes.task(task, host))
          .is(keyword, false);
    } catch (TemplateFailure failure) {
      throw failure.diagnostic().failure();
    }
  }

  private int throttle(Task task, String host) {
    return task.attributes()
        .get(Keyword.THROTTLE)
        .map(
            written ->
                (int)
                    new Keywords(task.attributes(), services.templar(), scopes.task(task, host))
                        .number(written))
        .filter(most -> most > 0)
        .orElse(Integer.MAX_VALUE);
  }
}
