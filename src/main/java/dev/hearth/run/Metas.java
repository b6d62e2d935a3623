package dev.hearth.run;

import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.plan.Result;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import dev.hearth.vars.Layers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The actions of {@code meta}. */
final class Metas {

  private static final String END_ROLE = "end_role";

  /** All that there are. */
  private static final List<String> KNOWN =
      List.of(
          "flush_handlers",
          "end_host",
          END_ROLE,
          "end_play",
          "end_batch",
          "clear_facts",
          "clear_host_errors",
          "noop",
          "refresh_inventory",
          "reset_connection");

  /** Those that each host does for itself; for the others the first host speaks for all. */
  private static final Set<String> EACH_HOST =
      Set.of("flush_handlers", "end_host", END_ROLE, "noop", "reset_connection");

  /** Those that are done whatever {@code when} says. */
  private static final Set<String> UNCONDITIONAL =
      Set.of("noop", "refresh_inventory", "reset_connection");

  private final Services services;
  private final PlayState state;
  private final PlayScopes scopes;
  private final Flush flush;
  private final EventSink sink;

  /**
   * @param flush runs what waits for these hosts
   */
  Metas(Services services, PlayState state, PlayScopes scopes, Flush flush, EventSink sink) {
    this.services = services;
    this.state = state;
    this.scopes = scopes;
    this.flush = flush;
    this.sink = sink;
  }

  /** Runs what waits for hosts and gives those that failed. */
  interface Flush {
    Set<String> handlers(List<String> hosts, Around around);

    /** Finds out what waits for a host. */
    void prepare(String host);
  }

  /** What a task does, as it is written; templates have no meaning here. */
  static String action(Task task) {
    return task.action().freeForm().map(text -> Keywords.text(text.value())).orElse("").strip();
  }

  /** What is wrong with a {@code meta} task as far as it is known before the run. */
  static Optional<Diagnostic> check(Task task) {
    if (!task.action().name().equals(Directives.META)) {
      return Optional.empty();
    }
    String action = action(task);
    if (!KNOWN.contains(action)) {
      return Optional.of(unknown(task, action));
    }
    return action.equals(END_ROLE) && task.context().role().isEmpty()
        ? Optional.of(outside(task))
        : Optional.empty();
  }

  private static Diagnostic unknown(Task task, String action) {
    return Diagnostic.error(task.action().at(), "meta cannot do '" + action + "'")
        .next(Nearest.hint(action, KNOWN, "it can " + String.join(", ", KNOWN)));
  }

  private static Diagnostic outside(Task task) {
    return Diagnostic.error(task.action().at(), "'end_role' does not stand in a role")
        .next("move it into the role that is to end, or use end_play");
  }

  /**
   * Does it and gives the hosts that failed.
   *
   * @param around what still runs when a handler fails that it lets run
   */
  Set<String> run(Task task, List<String> hosts, Around around) {
    String action = action(task);
    boolean each = EACH_HOST.contains(action);
    List<String> concerned = new ArrayList<>();
    for (String host : each ? hosts : hosts.subList(0, 1)) {
      sink.accept(
          new Event.TaskStarted(
              Event.Kind.TASK,
              Names.banner(task, services.templar(), scopes.task(task, host)),
              task.action().name(),
              WrittenCall.of(task.action()),
              Optional.of(task.at()),
              services.options().check()));
      MetaWords words = MetaWords.of(task, host);
      if (UNCONDITIONAL.contains(action) || applies(task, host)) {
        concerned.add(host);
        if (action.equals("flush_handlers")) {
          flush.prepare(host);
        }
        words.done().forEach(sink::accept);
      } else {
        sink.accept(words.leftOut());
        sink.accept(skipped(task, host, words));
      }
    }
    if (concerned.isEmpty()) {
      return Set.of();
    }
    switch (action) {
      case "flush_handlers" -> {
        return flush.handlers(concerned, around);
      }
      case END_ROLE -> state.progress().leaveRole(concerned, role(task));
      case "refresh_inventory" -> services.inventory().refresh();
      case "end_host" -> state.leave(concerned);
      case "end_batch" -> state.endBatch();
      case "end_play" -> state.endPlay();
      case "clear_facts" ->
          hosts.forEach(host -> services.memory().learn(host, HostMemory::withoutFacts));
      case "clear_host_errors" -> state.clearErrors();
      case "noop" -> {}
      case "reset_connection" ->
          concerned.forEach(host -> services.sessions().reset(target(task, host)));
      default -> throw unknown(task, action).failure();
    }
    return Set.of();
  }

  private static RoleInstance role(Task task) {
    return task.context().role().orElseThrow(() -> outside(task).failure());
  }

  private static Event skipped(Task task, String host, MetaWords words) {
    return new Event.HostDone(
        host,
        Optional.empty(),
        task.action().name(),
        Result.skip(words.message()).with("skip_reason", words.reason()),
        Event.Status.SKIPPED,
        Optional.empty(),
        false,
        List.of(),
        false,
        Event.Detail.WHEN_VERBOSE,
        Optional.of(task.at()));
  }

  private boolean applies(Task task, String host) {
    Layers scope = scopes.task(task, host);
    return task.attributes().when().stream()
        .allMatch(condition -> services.templar().condition(condition, scope));
  }

  private Target target(Task task, String host) {
    Layers scope = scopes.task(task, host);
    Keywords keywords = new Keywords(task.attributes(), services.templar(), scope);
    return new Access(services.options().connection(), keywords, services.templar(), scope)
        .target(host);
  }
}
