package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.graph.ComposeChecks;
import dev.hearth.graph.ComposeFile;
import dev.hearth.graph.Gate;
import dev.hearth.graph.Service;
import dev.hearth.inventory.Host;
import dev.hearth.run.PlannedTask;
import dev.hearth.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compares the lab's Compose files with what its playbook makes, before the first connection. */
final class ComposeReview {

  private static final Set<String> TREES =
      Set.of("ansible.builtin.git", "ansible.builtin.unarchive", "ansible.posix.synchronize");

  private final Workbench bench;
  private final Environment environment;
  private final Services services;

  ComposeReview(Workbench bench, Environment environment, Services services) {
    this.bench = bench;
    this.environment = environment;
    this.services = services;
  }

  /**
   * Checks all projects whose files are on this machine.
   *
   * @param playbook what makes hosts; without it nothing is known to be made
   * @throws HearthException with everything that cannot work
   */
  void check(Optional<Path> playbook) {
    Map<Host, List<ComposeChecks.Project>> projects = new LinkedHashMap<>();
    for (Service service : services.bootstrap().services()) {
      Optional<Service.Up> up = service.up().filter(each -> each.source().isPresent());
      if (up.isPresent()) {
        for (Services.Instance instance : services.instances(service)) {
          projects
              .computeIfAbsent(instance.host(), _ -> new ArrayList<>())
              .add(project(instance, up.get()));
        }
      }
    }
    Set<Diagnostic> findings = new LinkedHashSet<>();
    projects.forEach(
        (host, all) ->
            findings.addAll(
                new ComposeChecks(
                        host.name(), made(host, playbook), services.bootstrap().provided())
                    .findings(all)));
    if (!findings.isEmpty()) {
      throw new HearthException(List.copyOf(findings));
    }
  }

  private ComposeChecks.Project project(Services.Instance instance, Service.Up up) {
    Path source = environment.workingDirectory().resolve(up.source().orElseThrow());
    Path file =
        ComposeFile.NAMES.stream()
            .map(source::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    Diagnostic.error(up.at(), "there is no Compose file in " + source)
                        .exit(ExitCode.NOT_FOUND)
                        .because("looked for " + String.join(", ", ComposeFile.NAMES))
                        .next("correct 'source', or remove it: then its file is not checked")
                        .failure());
    Map<String, Value> parameters = services.resolved(up.parameters(), instance.host());
    return new ComposeChecks.Project(
        instance.service(),
        text(parameters, "compose").orElse(""),
        ComposeFile.read(bench.files().open(file)),
        path -> Files.exists(source.resolve(path)),
        looked(instance));
  }

  private List<ComposeChecks.Looked> looked(Services.Instance instance) {
    List<ComposeChecks.Looked> looked = new ArrayList<>();
    for (Gate gate : instance.service().gates()) {
      String key = gate.kind() == Gate.Kind.CONTAINER ? "name" : "container";
      if (gate.from().isEmpty() && gate.parameters().containsKey(key)) {
        text(services.resolved(gate.parameters(), instance.host()), key)
            .ifPresent(name -> looked.add(new ComposeChecks.Looked(name, gate.at())));
      }
    }
    return looked;
  }

  private ComposeChecks.Made made(Host host, Optional<Path> playbook) {
    List<PlannedTask> tasks =
        playbook.map(file -> bench.running().planned(host.name(), List.of(file))).orElse(List.of());
    List<String> paths = new ArrayList<>();
    List<String> trees = new ArrayList<>();
    for (PlannedTask task : tasks) {
      Map<String, Value> arguments = task.arguments().orElse(Map.of());
      if (!Value.text("absent").equals(arguments.get("state"))) {
        Stream.of("path", "dest", "creates")
            .flatMap(name -> text(arguments, name).stream())
            .forEach(TREES.contains(task.module()) ? trees::add : paths::add);
      }
    }
    return new ComposeChecks.Made(
        names(tasks, "community.docker.docker_network", "name"),
        unknown(tasks, "community.docker.docker_network"),
        names(tasks, "community.docker.docker_volume", "name", "volume_name"),
        unknown(tasks, "community.docker.docker_volume"),
        names(tasks, "community.docker.docker_container", "name"),
        unknown(tasks, "community.docker.docker_container"),
        paths,
        trees);
  }

  private static List<String> names(List<PlannedTask> tasks, String module, String... names) {
    return tasks.stream()
        .filter(task -> task.module().equals(module))
        .flatMap(task -> task.arguments().stream())
        .flatMap(found -> Stream.of(names).flatMap(name -> text(found, name).stream()))
        .toList();
  }

  private static boolean unknown(List<PlannedTask> tasks, String module) {
    return tasks.stream()
        .anyMatch(task -> task.module().equals(module) && task.arguments().isEmpty());
  }

  private static Optional<String> text(Map<String, Value> arguments, String name) {
    return arguments.get(name) instanceof Value.Textual text
        ? Optional.of(text.reveal())
        : Optional.empty();
  }
}
