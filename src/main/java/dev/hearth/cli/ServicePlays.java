package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Source;
import dev.hearth.graph.Service;
import dev.hearth.playbook.Playbook;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings services up and takes them down with plays of its own, so that it is done like all else.
 */
final class ServicePlays {

  private final Workbench bench;

  ServicePlays(Workbench bench) {
    this.bench = bench;
  }

  /** Brings instances up, or takes them down. */
  ExitCode run(Service service, boolean start, List<Services.Instance> instances) {
    Map<String, Value> play = new LinkedHashMap<>();
    play.put("name", Value.text("The service " + service.name()));
    play.put(
        "hosts",
        new Value.Seq(
            instances.stream().<Value>map(each -> Value.text(each.host().name())).toList()));
    play.put("gather_facts", Value.bool(false));
    play.put("become", Value.bool(service.become()));
    play.put("tasks", Value.Seq.of(task(service.up().orElseThrow(), start)));
    Playbook playbook =
        bench.load(
            new Source("bootstrap.yml", Json.write(Value.Seq.of(Value.Dict.ofTexts(play)))),
            Optional.empty());
    return bench.run(
        List.of(playbook),
        Optional.empty(),
        bench.sink(),
        bench.journals().purpose(true, Set.of(), Optional.empty(), Duration.ZERO));
  }

  /** JSON is YAML, and templates are written as they were. */
  private static Value.Dict task(Service.Up up, boolean start) {
    Map<String, Value> arguments = new LinkedHashMap<>();
    Map<String, Located> given = up.parameters();
    String module =
        switch (up.kind()) {
          case COMPOSE -> {
            put(arguments, "project_src", given.get("compose"));
            put(arguments, "profiles", given.get("profiles"));
            put(arguments, "project_name", given.get("project"));
            Located file = given.get("env_file");
            if (file != null) {
              arguments.put("env_files", Value.Seq.of(file.value()));
            }
            arguments.put("state", Value.text(start ? "present" : "absent"));
            yield "community.docker.docker_compose_v2";
          }
          case UNIT -> {
            put(arguments, "name", given.get("unit"));
            arguments.put("state", Value.text(start ? "started" : "stopped"));
            yield "ansible.builtin.systemd_service";
          }
          case ROLE -> {
            put(arguments, "name", given.get("role"));
            if (start) {
              put(arguments, "tasks_from", given.get("tasks_from"));
            } else {
              arguments.put("tasks_from", Value.text("teardown"));
            }
            yield "ansible.builtin.include_role";
          }
        };
    return Value.Dict.ofTexts(
        Map.of(
            "name",
            Value.text(start ? "Bring it up" : "Take it down"),
            module,
            Value.Dict.ofTexts(arguments)));
  }

  private static void put(Map<String, Value> arguments, String name, @Nullable Located value) {
    if (value != null) {
      arguments.put(name, value.value());
    }
  }
}
