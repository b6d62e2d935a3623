package dev.hearth.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Counts what became of the tasks, host by host. */
final class Tallies {

  private final Map<String, HostTally> hosts = new TreeMap<>();

  void count(String host, UnaryOperator<HostTally> change) {
    hosts.merge(host, change.apply(HostTally.of(host)), (old, fresh) -> change.apply(old));
  }

  /** All hosts that took part, sorted by name. */
  List<HostTally> all() {
    return List.copyOf(hosts.values());
  }
}
