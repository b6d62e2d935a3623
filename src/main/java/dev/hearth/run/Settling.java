package dev.hearth.run;

import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Task;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws the consequences of what a host made of a task: counts, failures, notifications. */
final class Settling {

  private final Services services;
  private final PlayState state;
  private final PlayScopes scopes;
  private final Tallies tallies;

  Settling(Services services, PlayState state, PlayScopes scopes, Tallies tallies) {
    this.services = services;
    this.state = state;
    this.scopes = scopes;
    this.tallies = tallies;
  }

  /**
   * Settles one report.
   *
   * @param concerned the hosts that share the result: with {@code run_once} all
   * @param rescuable whether a block around the task has a rescue
   * @param failed takes the hosts that failed
   */
  void settle(
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
    if (!report.result().skipped() && !report.unreachable()) {
      task.context().role().ifPresent(role -> state.progress().worked(host, role));
    }
    if (report.unreachable()) {
      state.lose(host);
      state.blame(host, report.reason());
    }
    if (report.failed()) {
      if (rescuable) {
        remember(task, report, host);
      }
      concerned.forEach(one -> state.blame(one, report.reason()));
      failed.addAll(concerned);
    }
    if (report.result().changed() && !report.result().failed()) {
      notifyHandlers(report);
    }
  }

  /** Gives all hosts what one of them learnt by a task that runs only once. */
  void share(String worker, HostMemory before, List<String> hosts) {
    HostMemory learnt = services.memory().of(worker).since(before);
    hosts.stream()
        .filter(host -> !host.equals(worker))
        .forEach(host -> services.memory().learn(host, known -> known.withAllOf(learnt)));
  }

  /** Remembers the failure for the rescue that takes it up. */
  void remember(Task task, TaskReport report, String host) {
    Map<String, Variable> learnt = new LinkedHashMap<>();
    learnt.put(
        "ansible_failed_result",
        new Variable(Registered.of(task, report.result()), task.at(), Level.SET_FACT));
    learnt.put(
        "ansible_failed_task",
        new Variable(
            FailedTask.of(task, services, scopes.task(task, host)), task.at(), Level.SET_FACT));
    services.memory().learn(host, known -> known.withSet(learnt));
  }

  private void notifyHandlers(TaskReport report) {
    if (report.notified().isEmpty()) {
      return;
    }
    Set<Handler> answering =
        new Notifications(services.templar(), state.handlers())
            .of(report.notified(), scopes.of(report.host()));
    if (state.flushing(report.host())) {
      answering.forEach(handler -> state.notify(handler, report.host()));
    } else {
      // A handler that is loaded until the flush may answer instead.
      state.remember(report.host(), report.notified());
    }
  }
}
