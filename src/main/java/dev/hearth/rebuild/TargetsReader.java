package dev.hearth.rebuild;

import dev.hearth.graph.Fields;
import dev.hearth.yaml.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code targets} of a declaration of backups. */
final class TargetsReader {

  private final Fields fields;

  TargetsReader(Fields fields) {
    this.fields = fields;
  }

  Optional<Targets> read(Node node) {
    return fields
        .mapping(node, "'targets'", List.of("rto", "rpo", "services"))
        .map(all -> new Targets(time(all, "rto"), time(all, "rpo"), services(all)));
  }

  private Map<String, Duration> services(Node.Mapping all) {
    Map<String, Duration> services = new LinkedHashMap<>();
    all.get("services")
        .flatMap(node -> fields.mapping(node, "'services'", List.of()))
        .ifPresent(
            each ->
                Fields.located(each)
                    .keySet()
                    .forEach(name -> time(each, name).ifPresent(time -> services.put(name, time))));
    return services;
  }

  private Optional<Duration> time(Node.Mapping all, String name) {
    return all.get(name).isEmpty()
        ? Optional.empty()
        : Optional.of(fields.duration(all, name, Duration.ZERO)).filter(time -> !time.isZero());
  }
}
