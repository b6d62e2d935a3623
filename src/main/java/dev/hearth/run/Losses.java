package dev.hearth.run;

import dev.hearth.playbook.Attributes;
import dev.hearth.value.Located;
import dev.hearth.vars.Layers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the failures of some hosts mean for the others of the batch. */
final class Losses {

  private final Services services;
  private final PlayState state;
  private final PlayScopes scopes;
  private final EventSink sink;

  Losses(Services services, PlayState state, PlayScopes scopes, EventSink sink) {
    this.services = services;
    this.state = state;
    this.scopes = scopes;
    this.sink = sink;
  }

  /**
   * The hosts that fail because another one did or was not reached, where one's failure is every
   * host's: {@code any_errors_fatal}, or one host that spoke for all.
   *
   * @param shared whether they share the result of the host that worked for all
   * @param hosts those that are at the same place
   * @param around what still runs on a host that fails here
   */
  Set<String> others(List<TaskReport> reports, boolean shared, List<String> hosts, Around around) {
    if (reports.stream().noneMatch(report -> report.failed() || report.unreachable())) {
      return Set.of();
    }
    Set<String> others = new LinkedHashSet<>(state.active());
    reports.stream().filter(TaskReport::failed).map(TaskReport::host).forEach(others::remove);
    if (shared && reports.stream().anyMatch(TaskReport::failed)) {
      // Ansible fails them twice, for the result and for the end of the play: the rescue or always
      // that would run on them next is failed as well.
      others.stream().filter(host -> around.near() || !hosts.contains(host)).forEach(state::strike);
    }
    state.lostToPlay(others);
    return others;
  }

  /**
   * Whether more hosts of the batch are lost than {@code max_fail_percentage} allows. Hosts that
   * are not reached do not count, as in Ansible.
   */
  boolean areTooMany() {
    int lost = state.lost().size();
    return lost > 0
        && lost < state.batch().size()
        && state
            .play()
            .maxFailPercentage()
            .map(most -> lost * 100.0 / state.batch().size() > percentage(most))
            .orElse(false);
  }

  private double percentage(Located most) {
    Layers scope = scopes.of(state.batch().getFirst());
    return new Keywords(Attributes.NONE, services.templar(), scope).number(most);
  }

  /** Takes all hosts of the batch out of the play. */
  Set<String> giveUp() {
    sink.accept(new Event.NoMoreHosts());
    state.giveUp();
    return new LinkedHashSet<>(state.batch());
  }
}
