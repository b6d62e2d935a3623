package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.graph.Service;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares values that services share across hosts; none of them is ever shown. */
final class SharedValues {

  private final Workbench bench;
  private final Services services;

  SharedValues(Workbench bench, Services services) {
    this.bench = bench;
    this.services = services;
  }

  /**
   * Compares all.
   *
   * @throws HearthException with every value that differs
   */
  void check() {
    List<Diagnostic> findings = new ArrayList<>();
    for (Service service : services.bootstrap().services()) {
      service.same().forEach(same -> compare(service, same).ifPresent(findings::add));
    }
    if (!findings.isEmpty()) {
      throw new HearthException(findings);
    }
  }

  private Optional<Diagnostic> compare(Service service, Service.Same same) {
    Map<Value, List<String>> hosts = new LinkedHashMap<>();
    for (Host host :
        bench
            .inventory()
            .selectSome(HostPattern.parse(same.hosts(), same.at()), Optional.empty())
            .hosts()) {
      Value value =
          services.resolved(Map.of("same", same.value()), host).values().iterator().next();
      hosts.computeIfAbsent(plain(value), _ -> new ArrayList<>()).add(host.name());
    }
    if (hosts.size() < 2) {
      return Optional.empty();
    }
    List<String> groups = hosts.values().stream().map(names -> String.join(", ", names)).toList();
    return Optional.of(
        Diagnostic.error(
                same.at(),
                service.name() + " needs one value on all of " + same.hosts() + ", and it differs")
            .because("it is one on " + String.join(", another on ", groups))
            .next(
                "give them the same value; 'hearth why HOST VARIABLE' shows where it comes from"));
  }

  /** The same text is the same value, secret or not. */
  private static Value plain(Value value) {
    return value instanceof Value.Textual text ? Value.text(text.reveal()) : value;
  }
}
