package dev.hearth.run;

import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs the handlers that were notified, in the order in which they are written. */
final class HandlerFlush implements Metas.Flush {

  private final Services services;
  private final PlayState state;
  private final PlayScopes scopes;
  private final Runner runner;
  private final NotificationLines lines;
  private final EventSink sink;

  /** Runs one handler on hosts and gives those that failed. */
  interface Runner {
    Set<String> run(Task handler, List<String> hosts, Around around);
  }

  HandlerFlush(
      Services services, PlayState state, PlayScopes scopes, EventSink sink, Runner runner) {
    this.sink = sink;
    this.lines = new NotificationLines(services, state, scopes);
    this.services = services;
    this.state = state;
    this.scopes = scopes;
    this.runner = runner;
  }

  @Override
  public Set<String> handlers(List<String> concerned, Around around) {
    Set<String> failed = new LinkedHashSet<>();
    List<Handler> handlers = state.handlers();
    List<String> able = concerned.stream().filter(this::mayHandle).toList();
    able.forEach(this::answer);
    state.flushing(able, true);
    // One that notifies a handler written before it does so for the next flush.
    for (Handler handler : handlers) {
      Set<String> notified = state.takeNotified(handler);
      List<String> now =
          able.stream()
              .filter(notified::contains)
              .filter(host -> !failed.contains(host))
              .filter(this::mayHandle)
              .toList();
      notified.stream()
          .filter(host -> !now.contains(host))
          .forEach(host -> state.notify(handler, host));
      if (!now.isEmpty()) {
        failed.addAll(runner.run(handler.task(), now, around));
      }
    }
    state.flushing(able, false);
    return failed;
  }

  @Override
  public void prepare(String host) {
    if (mayHandle(host)) {
      answer(host);
    }
  }

  /** Finds out which handlers answer to what was notified for a host. */
  private void answer(String host) {
    List<Located> names = state.takeNotifications(host);
    if (names.isEmpty()) {
      return;
    }
    for (Handler handler :
        new Notifications(services.templar(), state.handlers()).of(names, scopes.of(host))) {
      if (!state.isNotified(handler, host)) {
        state.notify(handler, host);
        sink.accept(lines.of(handler, host));
      }
    }
  }

  private boolean mayHandle(String host) {
    return state.takesPart(host)
        || (!state.givenUp()
            && state.failed().contains(host)
            && !state.unreachable().contains(host)
            && isForced(host));
  }

  /** Whether handlers run on a host that failed too ({@code force_handlers}). */
  boolean isForced(String host) {
    return services.options().forceHandlers()
        || state
            .play()
            .forceHandlers()
            .map(
                value ->
                    Keywords.bool(services.templar().resolve(value, scopes.of(host)), value.at()))
            .orElse(false);
  }
}
