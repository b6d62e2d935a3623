package dev.hearth.run;

import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Task;
import dev.hearth.vars.Layers;
import java.util.List;

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

  private final Services services;
  private final PlayState state;
  private final PlayScopes scopes;
  private final Runnable flush;

  Metas(Services services, PlayState state, PlayScopes scopes, Runnable flush) {
    this.services = services;
    this.state = state;
    this.scopes = scopes;
    this.flush = flush;
  }

  void run(Task task, List<String> hosts) {
    String action =
        task.action().freeForm().map(text -> Keywords.text(text.value())).orElse("").strip();
    List<String> concerned = hosts.stream().filter(host -> applies(task, host)).toList();
    if (concerned.isEmpty()) {
      return;
    }
    switch (action) {
      case "flush_handlers" -> flush.run();
      case "end_host" -> state.end(concerned);
      case "end_batch" -> state.end(state.batch());
      case "end_play" -> state.endPlay();
      case "clear_facts" ->
          concerned.forEach(host -> services.memory().learn(host, HostMemory::withoutFacts));
      case "clear_host_errors" -> state.clearErrors();
      case "noop" -> {}
      case "reset_connection" ->
          concerned.forEach(host -> services.sessions().reset(target(task, host)));
      default ->
          throw Diagnostic.error(task.action().at(), "meta cannot do '" + action + "'")
              .next(Nearest.hint(action, KNOWN, "it can " + String.join(", ", KNOWN)))
              .failure();
    }
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
