package dev.hearth.run;

import dev.hearth.playbook.Task;
import java.util.List;
import java.util.Optional;

/**
 * What {@code -vv} says of a {@code meta} task on a host, word for word as Ansible does.
 *
 * @param what what was done; Ansible says nothing of the end of a role
 * @param reason why it was not
 * @param message what its result says when it was not
 */
record MetaWords(Optional<String> what, String reason, String message) {

  private static final int VERBOSITY = 2;

  static MetaWords of(Task task, String host) {
    String action = Metas.action(task);
    String role = task.context().role().map(each -> each.name()).orElse("");
    String reason = action + " conditional evaluated to False";
    return switch (action) {
      case "flush_handlers" ->
          words(
              action,
              "triggered running handlers for " + host,
              reason + ", not running handlers for " + host);
      case "refresh_inventory" -> words(action, "inventory successfully refreshed", reason);
      case "clear_facts" ->
          words(
              action, "facts cleared", reason + ", not clearing facts and fact cache for " + host);
      case "clear_host_errors" ->
          words(
              action,
              "cleared host errors",
              reason + ", not clearing host error state for " + host);
      case "end_batch" -> words(action, "ending batch", reason + ", continuing current batch");
      case "end_play" -> words(action, "ending play", reason + ", continuing play");
      case "end_host" ->
          new MetaWords(
              Optional.of("ending play for " + host),
              reason + ", continuing execution for " + host,
              "end_host conditional evaluated to false, continuing execution for " + host);
      case "end_role" ->
          new MetaWords(
              Optional.empty(), reason + "continuing role " + role + " for " + host, action);
      case "reset_connection" -> words(action, "reset connection", reason);
      default -> words(action, action, reason);
    };
  }

  private static MetaWords words(String action, String what, String reason) {
    return new MetaWords(Optional.of(what), reason, action);
  }

  List<Event> done() {
    return what.<Event>map(done -> new Event.Remarked(VERBOSITY, "META: " + done)).stream()
        .toList();
  }

  Event leftOut() {
    return new Event.Remarked(VERBOSITY, "META: " + reason);
  }
}
