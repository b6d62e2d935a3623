package dev.hearth.graph;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All services that are declared, in the order written. */
public final class Bootstrap {

  private final Map<String, Service> services;

  private final Provided provided;

  /**
   * Of these services.
   *
   * @param provided what is on the hosts anyway
   */
  public Bootstrap(Collection<Service> services, Provided provided) {
    this.provided = provided;
    Map<String, Service> all = new LinkedHashMap<>();
    services.forEach(service -> all.put(service.name(), service));
    this.services = Collections.unmodifiableMap(all);
  }

  /** What is on the hosts although no task says so. */
  public Provided provided() {
    return provided;
  }

  /** All of them. */
  public Collection<Service> services() {
    return services.values();
  }

  /** The service with this name. */
  public Optional<Service> find(String name) {
    return Optional.ofNullable(services.get(name));
  }

  /** What is wrong with the edges: needs that nobody declares, and circles, each as a path. */
  public List<Diagnostic> findings() {
    List<Diagnostic> findings = new ArrayList<>();
    for (Service service : services.values()) {
      for (Service.Need need : service.needs()) {
        if (!services.containsKey(need.service())) {
          findings.add(
              Diagnostic.error(
                      need.at(),
                      service.name() + " needs '" + need.service() + "', which is no service")
                  .next(
                      Nearest.hint(
                          need.service(), services.keySet(), "declare it, or remove the need")));
        }
      }
    }
    Set<String> done = new LinkedHashSet<>();
    for (Service service : services.values()) {
      circle(service.name(), new ArrayList<>(), done)
          .ifPresent(
              path ->
                  findings.add(
                      Diagnostic.error(
                              find(path.getFirst()).orElse(service).at(),
                              "services need each other in a circle: " + String.join(" -> ", path))
                          .because("none of them could ever be the first to start")
                          .next("remove one of these needs")));
    }
    return findings;
  }

  private Optional<List<String>> circle(String name, List<String> path, Set<String> done) {
    int before = path.indexOf(name);
    if (before >= 0) {
      List<String> circle = new ArrayList<>(path.subList(before, path.size()));
      circle.add(name);
      return Optional.of(circle);
    }
    if (!services.containsKey(name) || done.contains(name)) {
      return Optional.empty();
    }
    path.add(name);
    for (Service.Need need : services.get(name).needs()) {
      Optional<List<String>> found = circle(need.service(), path, done);
      if (found.isPresent()) {
        done.addAll(path);
        return found;
      }
    }
    path.removeLast();
    done.add(name);
    return Optional.empty();
  }

  /**
   * The services in the order in which they can start: each layer needs only what is in the layers
   * before it. Of these services and all that they need.
   */
  public List<List<Service>> layers(Collection<String> wanted) {
    Set<String> all = new LinkedHashSet<>();
    wanted.forEach(name -> withNeeds(name, all));
    List<List<Service>> layers = new ArrayList<>();
    Set<String> placed = new LinkedHashSet<>();
    while (placed.size() < all.size()) {
      List<Service> layer =
          services.values().stream()
              .filter(service -> all.contains(service.name()) && !placed.contains(service.name()))
              .filter(
                  service ->
                      service.needs().stream().allMatch(need -> placed.contains(need.service())))
              .toList();
      if (layer.isEmpty()) {
        throw new IllegalStateException("a circle: findings() tells it");
      }
      layers.add(layer);
      layer.forEach(service -> placed.add(service.name()));
    }
    return layers;
  }

  private void withNeeds(String name, Set<String> all) {
    Service service = services.get(name);
    if (service != null && all.add(name)) {
      service.needs().forEach(need -> withNeeds(need.service(), all));
    }
  }

  /** These services and all that need them, the last to start first. */
  public List<Service> dependents(Collection<String> wanted) {
    Set<String> all = new LinkedHashSet<>(wanted);
    boolean more = true;
    while (more) {
      more = false;
      for (Service service : services.values()) {
        if (service.needs().stream().anyMatch(need -> all.contains(need.service()))) {
          more |= all.add(service.name());
        }
      }
    }
    List<Service> order = new ArrayList<>();
    layers(services.keySet()).forEach(order::addAll);
    return order.reversed().stream().filter(service -> all.contains(service.name())).toList();
  }
}
