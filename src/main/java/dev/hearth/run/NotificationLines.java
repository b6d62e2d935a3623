package dev.hearth.run;

import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What {@code -vv} says of notifications: that they are kept, and who answers to them. */
final class NotificationLines {

  private static final int VERBOSITY = 2;

  private final Services services;
  private final PlayState state;
  private final PlayScopes scopes;

  NotificationLines(Services services, PlayState state, PlayScopes scopes) {
    this.services = services;
    this.state = state;
    this.scopes = scopes;
  }

  /** A handler is going to run on a host. */
  Event of(Handler handler, String host) {
    Task task = handler.task();
    return new Event.Remarked(
        VERBOSITY,
        "NOTIFIED HANDLER "
            + Names.banner(task, services.templar(), scopes.task(task, host))
            + " for "
            + host);
  }

  /**
   * What a changed task notifies. While handlers run those that answer are known at once, else only
   * that the name is kept.
   */
  List<Event> of(String host, List<Located> notified) {
    if (services.options().verbosity() < VERBOSITY || notified.isEmpty()) {
      return List.of();
    }
    Notifications notifications = new Notifications(services.templar(), state.handlers());
    if (state.flushing(host)) {
      return notifications.of(notified, scopes.of(host)).stream()
          .filter(handler -> !state.isNotified(handler, host))
          .map(handler -> of(handler, host))
          .toList();
    }
    List<Event> kept = new ArrayList<>();
    for (Located written : notified) {
      Value names = written.value();
      for (Value name : names instanceof Value.Seq list ? list.items() : List.of(names)) {
        kept.add(
            new Event.Remarked(
                VERBOSITY, "Notification for handler " + Keywords.text(name) + " has been saved."));
      }
    }
    return kept;
  }
}
