package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Attributes;
import dev.hearth.playbook.Block;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
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

  /** Hosts that failed for good, known before the sections they fail in are left. */
  private final Set<String> lost = new LinkedHashSet<>();

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
    this.metas = new Metas(services, state, scopes, this::flushHandlers, () -> lost, sink);
  }

  /** Runs entries of the play itself; hosts that fail are out of the play. */
  void section(List<Entry> entries) {
    walk(entries, state.active(), Event.Kind.TASK, false).forEach(state::fail);
  }

  /** Runs the handlers that were notified, in the order in which they are written. */
  void flushHandlers() {
    flushHandlers(state.batch());
  }

  private void flushHandlers(List<String> concerned) {
    boolean ran = true;
    while (ran) {
      ran = false;
      for (Handler handler : state.handlers()) {
        Set<String> notified = state.takeNotified(handler);
        notified.stream()
            .filter(host -> !concerned.contains(host))
            .forEach(host -> state.notify(handler, host));
        List<String> able =
            concerned.stream().filter(notified::contains).filter(this::mayHandle).toList();
        if (!able.isEmpty()) {
          ran = true;
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
  private Set<String> walk(
      List<Entry> entries, Collection<String> hosts, Event.Kind kind, boolean rescuable) {
    Set<String> failed = new LinkedHashSet<>();
    for (Entry entry : entries) {
      List<String> able =
          hosts.stream().filter(state::takesPart).filter(host -> !failed.contains(host)).toList();
      if (able.isEmpty()) {
        return failed;
      }
      switch (entry) {
        case Block block -> failed.addAll(block(block, able, kind, rescuable));
        case Task task -> failed.addAll(selected(task, able, kind, rescuable));
      }
    }
    return failed;
  }

  private Set<String> block(Block block, List<String> hosts, Event.Kind kind, boolean rescuable) {
    boolean rescues = !block.rescue().isEmpty();
    Set<String> failed = walk(block.entries(), hosts, kind, rescues || rescuable);
    if (rescues && !failed.isEmpty()) {
      List<String> rescued = hosts.stream().filter(failed::contains).toList();
      failed = walk(block.rescue(), rescued, kind, rescuable);
    }
    if (!block.always().isEmpty()) {
      Set<String> all = new LinkedHashSet<>(failed);
      all.addAll(walk(block.always(), hosts, kind, rescuable));
      failed = all;
    }
    return failed;
  }

  private Set<String> selected(Task task, List<String> hosts, Event.Kind kind, boolean rescuable) {
    if (!tags.selects(task.attributes().tags()) || !start.reached(task)) {
      return Set.of();
    }
    boolean meta = task.action().name().equals(Directives.META);
    if (!meta && !services.steps().goesOn(asked(task, hosts.getFirst(), kind))) {
      return Set.of();
    }
    if (task.action().name().equals(Directives.META)) {
      metas.run(task, hosts);
      return Set.of();
    }
    return run(task, hosts, kind, rescuable);
  }

  private String asked(Task task, String host, Event.Kind kind) {
    String name = Names.banner(task, services.templar(), scopes.task(task, host));
    return (kind == Event.Kind.TASK ? "TASK: " : "HANDLER: ") + name;
  }

  /** Runs one task on hosts and gives those that failed. */
  Set<String> run(Task task, List<String> hosts, Event.Kind kind, boolean rescuable) {
    boolean once =
        task.action().name().equals(Directives.ADD_HOST)
            || keyword(task, Keyword.RUN_ONCE, hosts.getFirst());
    List<String> workers = once ? hosts.subList(0, 1) : hosts;
    Layers first = scopes.task(task, workers.getFirst());
    sink.accept(
        new Event.TaskStarted(
            kind,
            Names.banner(task, services.templar(), first),
            Optional.of(task.at()),
            checks(task, workers.getFirst())));
    Parallel.Made<TaskReport> made =
        parallel.on(
            workers,
            throttle(task, workers.getFirst()),
            (host, tell) -> new TaskOnHost(services, task, host, scopes.of(host), tell).run());
    List<TaskReport> reports = made.all();
    Set<String> failed = new LinkedHashSet<>();
    for (TaskReport report : reports) {
      settle(task, report, once ? hosts : List.of(report.host()), rescuable, failed);
    }
    if (!made.cut().isEmpty()) {
      throw new Interrupted(made.cut());
    }
    failed.addAll(include(task, reports, once ? hosts : List.of(), kind, rescuable));
    if (!failed.isEmpty() && keyword(task, Keyword.ANY_ERRORS_FATAL, workers.getFirst())) {
      failed.addAll(hosts);
      if (!rescuable) {
        state.batch().forEach(state::fail);
      }
    }
    if (!rescuable) {
      lost.addAll(failed);
    }
    return tooManyLost() ? giveUp() : failed;
  }

  /** Whether more hosts of the batch are lost than {@code max_fail_percentage} allows. */
  private boolean tooManyLost() {
    Set<String> all = new LinkedHashSet<>(lost);
    all.addAll(state.failed());
    all.addAll(state.unreachable());
    return !all.isEmpty()
        && all.size() < state.batch().size()
        && state
            .play()
            .maxFailPercentage()
            .map(most -> all.size() * 100.0 / state.batch().size() > percentage(most))
            .orElse(false);
  }

  private double percentage(Located most) {
    Layers scope = scopes.of(state.batch().getFirst());
    return new Keywords(Attributes.NONE, services.templar(), scope).number(most);
  }

  /** Takes all hosts of the batch out of the play. */
  private Set<String> giveUp() {
    sink.accept(new Event.NoMoreHosts());
    state.batch().forEach(state::fail);
    return new LinkedHashSet<>(state.batch());
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
      state.blame(host, report.reason());
    }
    if (report.failed()) {
      concerned.forEach(one -> rememberFailure(task, report, one));
      concerned.forEach(one -> state.blame(one, report.reason()));
      failed.addAll(concerned);
    }
    if (concerned.size() > 1) {
      shareRegistered(task, host, concerned);
    }
    if (report.result().changed() && !report.result().failed()) {
      notifyHandlers(report);
    }
  }

  private void notifyHandlers(TaskReport report) {
    if (report.notified().isEmpty()) {
      return;
    }
    new Notifications(services.templar(), state.handlers())
        .of(report.notified(), scopes.of(report.host()))
        .forEach(handler -> state.notify(handler, report.host()));
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
    about.put("name", Value.text(Names.given(task, services.templar(), scopes.task(task, host))));
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
      Task task,
      List<TaskReport> reports,
      List<String> onceFor,
      Event.Kind kind,
      boolean rescuable) {
    List<Asked> all = new ArrayList<>();
    for (TaskReport report : reports) {
      List<String> hosts = onceFor.isEmpty() ? List.of(report.host()) : onceFor;
      for (TaskReport.Inclusion inclusion : report.inclusions()) {
        // A host that asks for the same twice gets it twice.
        all.stream()
            .filter(asked -> asked.what().equals(inclusion))
            .filter(asked -> !asked.hosts().contains(report.host()))
            .findFirst()
            .ifPresentOrElse(
                asked -> asked.hosts().addAll(hosts),
                () -> all.add(new Asked(inclusion, new ArrayList<>(hosts))));
      }
    }
    Set<String> failed = new LinkedHashSet<>();
    List<Loaded> loaded = new ArrayList<>();
    for (Asked asked : all) {
      load(task, asked)
          .ifPresentOrElse(
              entries -> loaded.add(new Loaded(entries, asked.hosts())),
              () -> failed.addAll(asked.hosts()));
    }
    for (Loaded included : loaded) {
      List<String> hosts =
          included.hosts().stream().filter(host -> !failed.contains(host)).toList();
      failed.addAll(walk(included.entries(), hosts, kind, rescuable));
    }
    return failed;
  }

  /** What was included and for whom. */
  private record Loaded(List<Entry> entries, List<String> hosts) {}

  /** What is to be included and for whom. */
  private record Asked(TaskReport.Inclusion what, List<String> hosts) {}

  private Optional<List<Entry>> load(Task task, Asked asked) {
    List<String> hosts = asked.hosts();
    Inclusions.Loaded loaded;
    try {
      loaded = new Inclusions(services, state).load(task, asked.what(), hosts);
    } catch (HearthException failure) {
      failure
          .diagnostics()
          .forEach(finding -> sink.accept(new Event.Explained(hosts.getFirst(), finding)));
      hosts.forEach(host -> failInclude(task, host, failure.diagnostics().getFirst()));
      return Optional.empty();
    }
    sink.accept(new Event.Included(loaded.name(), hosts, asked.what().item()));
    hosts.forEach(host -> tallies.count(host, tally -> tally.plus(Event.Status.OK)));
    return Optional.of(loaded.entries());
  }

  private void failInclude(Task task, String host, Diagnostic reason) {
    Result result = Result.failure(reason.summary());
    TaskReport failed =
        new TaskReport(
            host, result, Event.Status.FAILED, List.of(), List.of(), ExitCode.HOSTS_FAILED);
    state.blame(host, failed.reason());
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
            Event.Detail.WHEN_VERBOSE,
            Optional.of(task.at())));
    // A rescue does not take it back: Ansible counts it as failed all the same.
    tallies.count(host, tally -> tally.plus(Event.Status.FAILED));
    rememberFailure(task, failed, host);
  }

  private boolean checks(Task task, String host) {
    return task.attributes().get(Keyword.CHECK_MODE).isEmpty()
        ? services.options().check()
        : keyword(task, Keyword.CHECK_MODE, host);
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
