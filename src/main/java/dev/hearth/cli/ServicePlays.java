package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.graph.Service;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings services up and takes them down with plays of its own, so that it is done like all else.
 */
final class ServicePlays {

  private final HostPlays plays;

  ServicePlays(HostPlays plays) {
    this.plays = plays;
  }

  /** Brings instances up, or takes them down. */
  ExitCode run(Service service, boolean start, List<Services.Instance> instances) {
    return plays.run(
        "The service " + service.name(),
        instances.stream().map(each -> each.host().name()).toList(),
        service.become(),
        List.of(task(service.up().orElseThrow(), start)));
  }

  /** Starts some of the services of a Compose project and nothing that they need. */
  ExitCode start(Service service, List<String> only, Services.Instance instance) {
    Service.Up up = service.up().orElseThrow();
    Map<String, Value> arguments = new LinkedHashMap<>();
    put(arguments, "project_src", up.parameters().get("compose"));
    put(arguments, "project_name", up.parameters().get("project"));
    arguments.put("state", Value.text("present"));
    arguments.put("dependencies", Value.bool(false));
    arguments.put("services", new Value.Seq(only.stream().<Value>map(Value::text).toList()));
    return plays.run(
        "The databases of " + service.name(),
        List.of(instance.host().name()),
        service.become(),
        List.of(
            Value.Dict.ofTexts(
                Map.of(
                    "name",
                    Value.text("Start what holds the data"),
                    "community.docker.docker_compose_v2",
                    Value.Dict.ofTexts(arguments)))));
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
