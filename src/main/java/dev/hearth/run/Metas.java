package dev.hearth.run;

import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Task;
import dev.hearth.vars.Layers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The actions of {@code meta}. */
final class Metas {

  private static final List<String> KNOWN =
      List.of(
          "flush_handlers",
          "end_host",
          "end_play",
          "end_batch",
          "clear_facts",
          "clear_host_errors",
          "noop",
          "reset_connection");

  /** Those that each host does for itself; for the others the first host speaks for all. */
  private static final Set<String> EACH_HOST =
      Set.of("flush_handlers", "end_host", "noop", "reset_connection");

  private final Services services;
  private final PlayState state;
  private final PlayScopes scopes;
  private final Consumer<List<String>> flush;
  private final Supplier<Set<String>> failing;
  private final EventSink sink;

  /**
   * @param flush runs what waits for these hosts
   * @param failing hosts that failed for good, although the section they fail in is not left yet
   */
  Metas(
      Services services,
      PlayState state,
      PlayScopes scopes,
      Consumer<List<String>> flush,
      Supplier<Set<String>> failing,
      EventSink sink) {
    this.services = services;
    this.state = state;
    this.scopes = scopes;
    this.flush = flush;
    this.failing = failing;
    this.sink = sink;
  }

  void run(Task task, List<String> hosts) {
    String action =
        task.action().freeForm().map(text -> Keywords.text(text.value())).orElse("").strip();
    boolean each = EACH_HOST.contains(action);
    List<String> concerned = new ArrayList<>();
    for (String host : each ? hosts : hosts.subList(0, 1)) {
      sink.accept(
          new Event.TaskStarted(
              Event.Kind.TASK,
              Names.banner(task, services.templar(), scopes.task(task, host)),
              Optional.of(task.at()),
              services.options().check()));
      if (applies(task, host)) {
        concerned.add(host);
      } else {
        sink.accept(skipped(task, host));
      }
    }
    if (concerned.isEmpty()) {
      return;
    }
    switch (action) {
      case "flush_handlers" -> flush.accept(concerned);
      case "end_host" -> state.end(concerned);
      case "end_batch" -> state.end(state.batch());
      case "end_play" -> state.endPlay();
      case "clear_facts" ->
          hosts.forEach(host -> services.memory().learn(host, HostMemory::withoutFacts));
      case "clear_host_errors" -> state.clearErrors(failing.get());
      case "noop" -> {}
      case "reset_connection" ->
          concerned.forEach(host -> services.sessions().reset(target(task, host)));
      default ->
          throw Diagnostic.error(task.action().at(), "meta cannot do '" + action + "'")
              .next(Nearest.hint(action, KNOWN, "it can " + String.join(", ", KNOWN)))
              .failure();
    }
  }

  private static Event skipped(Task task, String host) {
    return new Event.HostDone(
        host,
        Optional.empty(),
        task.action().name(),
        Result.skip("Conditional result was False"),
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
