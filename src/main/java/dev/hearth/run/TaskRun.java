package dev.hearth.run;

import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * One task on many hosts at the same time, so many as {@code throttle} and the forks allow; or on
 * one after the other where the debugger may stop at a result.
 */
final class TaskRun {

  private final Services services;
  private final PlayScopes scopes;
  private final EventSink sink;
  private final Parallel parallel;
  private final Turn turn;
  private final NotificationLines notifications;
  private final boolean debugs;

  /**
   * @param notifications what is said of them
   * @param debugs whether every failure stops for the debugger
   */
  TaskRun(
      Services services,
      PlayScopes scopes,
      EventSink sink,
      Turn turn,
      NotificationLines notifications,
      boolean debugs) {
    this.notifications = notifications;
    this.services = services;
    this.scopes = scopes;
    this.sink = sink;
    this.parallel = new Parallel(services.options().forks(), sink);
    this.turn = turn;
    this.debugs = debugs;
  }

  /**
   * What the hosts made of it.
   *
   * @param upcoming the tasks behind it
   */
  Parallel.Made<TaskReport> on(Task task, List<String> hosts, Supplier<Iterator<Task>> upcoming) {
    if (TaskDebugger.watches(task, debugs)) {
      return turn.away(() -> debugged(task, hosts));
    }
    int most = throttle(task, hosts.getFirst());
    return turn.away(
        () ->
            parallel.on(
                hosts,
                most,
                (host, tell) ->
                    new TaskOnHost(
                            services,
                            task,
                            host,
                            turn.inside(() -> scopes.of(host)),
                            tell,
                            this::told,
                            upcoming)
                        .run()));
  }

  private Parallel.Made<TaskReport> debugged(Task task, List<String> hosts) {
    List<TaskReport> reports = new ArrayList<>();
    for (String host : hosts) {
      TaskDebugger debugger =
          new TaskDebugger(
              services,
              task,
              host,
              turn.inside(() -> scopes.task(task, host)),
              text -> sink.accept(new Event.Said(host, text)));
      Parallel.Made<TaskReport> made = once(debugger, host);
      while (made.cut().isEmpty()
          && TaskDebugger.stops(task, made.all().getFirst(), debugs)
          && debugger.ask(made.all().getFirst()) == TaskDebugger.Next.REDO) {
        made = once(debugger, host);
      }
      reports.addAll(made.all());
      if (!made.cut().isEmpty()) {
        return new Parallel.Made<>(reports, made.cut());
      }
    }
    return new Parallel.Made<>(reports, List.of());
  }

  private Parallel.Made<TaskReport> once(TaskDebugger debugger, String host) {
    return parallel.on(
        List.of(host),
        1,
        (one, tell) ->
            new TaskOnHost(
                    services,
                    debugger.task(),
                    one,
                    debugger.changed(turn.inside(() -> scopes.of(one))),
                    tell,
                    this::told,
                    // Somebody may change the task or the host before the next one.
                    Collections::emptyIterator)
                .run());
  }

  private List<Event> told(String host, List<Located> notified) {
    return turn.inside(() -> notifications.of(host, notified));
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
