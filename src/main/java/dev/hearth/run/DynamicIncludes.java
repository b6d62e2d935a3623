package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.plan.Result;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings in what hosts ask for by include; hosts that ask for the same share it. */
final class DynamicIncludes {

  private final Services services;
  private final PlayState state;
  private final EventSink sink;
  private final Tallies tallies;
  private final Settling settling;

  DynamicIncludes(
      Services services, PlayState state, EventSink sink, Tallies tallies, Settling settling) {
    this.services = services;
    this.state = state;
    this.sink = sink;
    this.tallies = tallies;
    this.settling = settling;
  }

  /** What was included and for whom. */
  record Part(List<Entry> entries, List<String> hosts) {}

  /**
   * What came of the includes of one task.
   *
   * @param parts what is to be walked, in order
   * @param failed the hosts whose include could not be loaded
   */
  record Brought(List<Part> parts, Set<String> failed) {}

  /** Loads what these reports ask for. */
  Brought load(Task task, List<TaskReport> reports, boolean rescuable) {
    Set<String> failed = new LinkedHashSet<>();
    List<Part> parts = new ArrayList<>();
    for (Asked asked : asked(reports)) {
      load(task, asked, rescuable)
          .ifPresentOrElse(
              entries -> parts.add(new Part(entries, asked.hosts())),
              () -> failed.addAll(asked.hosts()));
    }
    return new Brought(parts, failed);
  }

  /** What is to be included and for whom. */
  private record Asked(TaskReport.Inclusion what, List<String> hosts) {}

  private static List<Asked> asked(List<TaskReport> reports) {
    List<Asked> all = new ArrayList<>();
    for (TaskReport report : reports) {
      for (TaskReport.Inclusion inclusion : report.inclusions()) {
        // A host that asks for the same twice gets it twice.
        all.stream()
            .filter(asked -> asked.what().equals(inclusion))
            .filter(asked -> !asked.hosts().contains(report.host()))
            .findFirst()
            .ifPresentOrElse(
                asked -> asked.hosts().add(report.host()),
                () -> all.add(new Asked(inclusion, new ArrayList<>(List.of(report.host())))));
      }
    }
    return all;
  }

  private Optional<List<Entry>> load(Task task, Asked asked, boolean rescuable) {
    List<String> hosts = asked.hosts();
    Inclusions.Loaded loaded;
    try {
      loaded = new Inclusions(services, state).load(task, asked.what(), hosts);
    } catch (HearthException failure) {
      if (!isMissing(failure)) {
        throw failure;
      }
      failure
          .diagnostics()
          .forEach(finding -> sink.accept(new Event.Explained(hosts.getFirst(), finding)));
      hosts.forEach(host -> fail(task, host, failure.diagnostics().getFirst(), rescuable));
      return Optional.empty();
    }
    sink.accept(new Event.Included(loaded.name(), hosts, asked.what().item()));
    hosts.forEach(host -> tallies.count(host, tally -> tally.plus(Event.Status.OK)));
    return Optional.of(loaded.entries());
  }

  /**
   * Whether what was asked for is not there, which fails the hosts that asked; anything wrong
   * inside of it ends the run, as in Ansible.
   */
  private static boolean isMissing(HearthException failure) {
    return failure.diagnostics().getFirst().exit() == ExitCode.NOT_FOUND;
  }

  private void fail(Task task, String host, Diagnostic reason, boolean rescuable) {
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
    if (rescuable) {
      settling.remember(task, failed, host);
    }
  }
}
