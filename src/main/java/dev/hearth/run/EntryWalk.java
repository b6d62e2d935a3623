package dev.hearth.run;

import dev.hearth.playbook.Block;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import dev.hearth.template.TemplateFailure;
import dev.hearth.vars.Layers;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
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
  private final TaskRun runs;
  private final Turn turn;
  private final TagSelection tags;
  private final StartPoint start;
  private final HandlerFlush flush;
  private final Metas metas;
  private final Settling settling;
  private final DynamicIncludes includes;
  private final Losses losses;

  /**
   * @param debugs whether every failure stops for the debugger
   */
  EntryWalk(
      Services services,
      PlayState state,
      PlayScopes scopes,
      EventSink sink,
      Tallies tallies,
      StartPoint start,
      Turn turn,
      boolean debugs) {
    this.turn = turn;
    this.services = services;
    this.state = state;
    this.scopes = scopes;
    this.sink = sink;
    this.runs =
        new TaskRun(
            services, scopes, sink, turn, new NotificationLines(services, state, scopes), debugs);
    this.tags = new TagSelection(services.options().tags(), services.options().skipTags());
    this.start = start;
    this.settling = new Settling(services, state, scopes, tallies);
    this.includes = new DynamicIncludes(services, state, sink, tallies, settling);
    this.losses = new Losses(services, state, scopes, sink);
    this.flush =
        new HandlerFlush(
            services,
            state,
            scopes,
            sink,
            (task, hosts, around) ->
                run(task, hosts, Event.Kind.HANDLER, around, Upcoming.NOTHING));
    this.metas = new Metas(services, state, scopes, flush, sink);
  }

  /** Runs entries of the play itself; hosts that fail are out of the play. */
  void section(List<Entry> entries, List<String> hosts) {
    boolean forced = hosts.stream().anyMatch(flush::isForced);
    Around around = forced ? Around.FORCED_HANDLERS : Around.NOTHING;
    walk(entries, hosts, Event.Kind.TASK, around, Upcoming.NOTHING).forEach(state::fail);
  }

  /** Gathers facts, if the tags select that and the run begins in this play or has begun. */
  void gather(Task gathering, List<String> hosts) {
    if (tags.selects(gathering.attributes().tags()) && start.mayBeIn(state.play())) {
      run(gathering, hosts, Event.Kind.TASK, Around.NOTHING, Upcoming.NOTHING).forEach(state::fail);
    }
  }

  /** Runs the handlers that were notified, in the order in which they are written. */
  void flushHandlers(List<String> hosts) {
    flush.handlers(hosts, Around.NOTHING).forEach(state::fail);
  }

  /**
   * Runs entries on hosts.
   *
   * @param around what still runs when one of them fails
   * @param then what comes behind them
   * @return the hosts that failed and were not rescued in here
   */
  private Set<String> walk(
      List<Entry> entries,
      Collection<String> hosts,
      Event.Kind kind,
      Around around,
      Upcoming then) {
    Set<String> failed = new LinkedHashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      failed.addAll(state.takeStruck(without(hosts, failed)));
      Upcoming behind = then.behind(entries, i + 1);
      List<String> able =
          hosts.stream()
              .filter(state::takesPart)
              .filter(host -> !failed.contains(host))
              .filter(host -> !state.progress().hasLeft(host, entry.context().role()))
              .toList();
      if (able.isEmpty()) {
        continue;
      }
      switch (entry) {
        case Block block -> {
          Optional<RoleInstance> role = ofRole(block);
          List<String> fresh =
              role.map(
                      each ->
                          able.stream()
                              .filter(host -> !state.progress().hasDone(host, each))
                              .toList())
                  .orElse(able);
          Set<String> lost = block(block, fresh, kind, around, behind);
          failed.addAll(lost);
          role.ifPresent(
              each ->
                  state
                      .progress()
                      .completeRole(
                          each, fresh.stream().filter(host -> !lost.contains(host)).toList()));
        }
        case Task task -> failed.addAll(selected(task, able, kind, around, behind));
      }
    }
    failed.addAll(state.takeStruck(without(hosts, failed)));
    return failed;
  }

  private static List<String> without(Collection<String> hosts, Set<String> failed) {
    return hosts.stream().filter(host -> !failed.contains(host)).toList();
  }

  /** The role whose tasks this block is. */
  private static Optional<RoleInstance> ofRole(Block block) {
    return block.context().role().filter(role -> role.at().equals(block.at()));
  }

  private Set<String> block(
      Block block, List<String> hosts, Event.Kind kind, Around around, Upcoming then) {
    Upcoming last = then.behind(block.always(), 0);
    Set<String> failed = walk(block.entries(), hosts, kind, around.body(block), last);
    if (!block.rescue().isEmpty() && !failed.isEmpty()) {
      failed = rescue(block, hosts, failed, kind, around.rescue(block), last);
    }
    if (!block.always().isEmpty()) {
      Set<String> all = new LinkedHashSet<>(failed);
      all.addAll(walk(block.always(), hosts, kind, around.inner(), then));
      failed = all;
    }
    return failed;
  }

  /**
   * Runs a block's rescue on the hosts that failed in it. Those that {@code any_errors_fatal} in
   * the rescue fails had not failed before: it takes them up too.
   */
  private Set<String> rescue(
      Block block,
      List<String> hosts,
      Set<String> failed,
      Event.Kind kind,
      Around around,
      Upcoming then) {
    Set<String> lost = new LinkedHashSet<>(failed);
    Set<String> taken = new LinkedHashSet<>();
    while (true) {
      // Hosts that are stopped elsewhere are not taken up here.
      List<String> now =
          hosts.stream().filter(lost::contains).filter(host -> !taken.contains(host)).toList();
      if (now.isEmpty()) {
        return lost;
      }
      taken.addAll(now);
      now.forEach(lost::remove);
      lost.addAll(walk(block.rescue(), now, kind, around, then));
    }
  }

  private Set<String> selected(
      Task task, List<String> hosts, Event.Kind kind, Around around, Upcoming then) {
    if (!selects(task) || !start.reached(task)) {
      return Set.of();
    }
    boolean meta = task.action().name().equals(Directives.META);
    if (!meta && !services.steps().goesOn(asked(task, hosts.getFirst(), kind))) {
      return Set.of();
    }
    if (task.action().name().equals(Directives.META)) {
      return metas.run(task, hosts, around);
    }
    return run(task, hosts, kind, around, then);
  }

  private boolean selects(Task task) {
    return tags.selects(task.attributes().tags());
  }

  private String asked(Task task, String host, Event.Kind kind) {
    String name = Names.banner(task, services.templar(), scopes.task(task, host));
    return (kind == Event.Kind.TASK ? "TASK: " : "HANDLER: ") + name;
  }

  /** Runs one task on hosts and gives those that failed. */
  private Set<String> run(
      Task task, List<String> hosts, Event.Kind kind, Around around, Upcoming then) {
    boolean shared = keyword(task, Keyword.RUN_ONCE, hosts.getFirst());
    boolean once = shared || Directives.speaksForAll(task);
    if (turn.isShared()) {
      Independence.check(task, once, keyword(task, Keyword.ANY_ERRORS_FATAL, hosts.getFirst()))
          .forEach(warning -> sink.accept(new Event.Warned(warning)));
    }
    List<String> workers = once ? hosts.subList(0, 1) : hosts;
    Layers first = scopes.task(task, workers.getFirst());
    sink.accept(
        new Event.TaskStarted(
            kind,
            Names.banner(task, services.templar(), first),
            task.action().name(),
            keyword(task, Keyword.NO_LOG, workers.getFirst()) ? "" : WrittenCall.of(task.action()),
            Optional.of(task.at()),
            checks(task, workers.getFirst())));
    HostMemory before = services.memory().of(workers.getFirst());
    Parallel.Made<TaskReport> made = runs.on(task, workers, () -> then.tasks(this::selects));
    List<TaskReport> reports = made.all();
    Set<String> failed = new LinkedHashSet<>();
    if (once && turn.isShared() && reports.stream().anyMatch(TaskReport::failed)) {
      state.strikeOthers(workers.getFirst());
    }
    for (TaskReport report : reports) {
      settling.settle(task, report, once ? hosts : List.of(report.host()), around.rescue(), failed);
    }
    if (!made.cut().isEmpty()) {
      throw new Interrupted(made.cut());
    }
    if (shared) {
      settling.share(workers.getFirst(), before, turn.isShared() ? state.active() : hosts);
    }
    if (!turn.isShared()
        && !keyword(task, Keyword.IGNORE_ERRORS, workers.getFirst())
        && (once || keyword(task, Keyword.ANY_ERRORS_FATAL, workers.getFirst()))) {
      failed.addAll(losses.others(reports, shared, hosts, around));
    }
    failed.addAll(include(task, reports, kind, around, then));
    if (!failed.isEmpty()
        && !turn.isShared()
        && keyword(task, Keyword.ANY_ERRORS_FATAL, workers.getFirst())) {
      failed.addAll(state.active());
    }
    if (!around.rescue()) {
      state.failing(failed);
    }
    if (around.loses()) {
      state.lostToPlay(failed);
    }
    return !turn.isShared() && losses.areTooMany() ? losses.giveUp() : failed;
  }

  private Set<String> include(
      Task task, List<TaskReport> reports, Event.Kind kind, Around around, Upcoming then) {
    DynamicIncludes.Brought brought = includes.load(task, reports, around.rescue());
    Set<String> failed = new LinkedHashSet<>(brought.failed());
    for (DynamicIncludes.Part part : brought.parts()) {
      List<String> hosts = part.hosts().stream().filter(host -> !failed.contains(host)).toList();
      failed.addAll(walk(part.entries(), hosts, kind, around.inner(), then));
    }
    return failed;
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
}
