package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code community.docker.docker_swarm_info}: the swarm and lists of what is in it. */
public final class DockerSwarmInfo implements Module<DockerSwarmInfo.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "List the nodes.", defaultsTo = "false") boolean nodes,
      @Arg(doc = "Which nodes.") Map<String, Value> nodesFilters,
      @Arg(doc = "List the services.", defaultsTo = "false") boolean services,
      @Arg(doc = "Which services.") Map<String, Value> servicesFilters,
      @Arg(doc = "List the tasks.", defaultsTo = "false") boolean tasks,
      @Arg(doc = "Which tasks.") Map<String, Value> tasksFilters,
      @Arg(doc = "Tell the key that unlocks the swarm.", defaultsTo = "false") boolean unlockKey,
      @Arg(doc = "All that the engine says.", defaultsTo = "false") boolean verboseOutput,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_swarm_info",
        Args.class,
        "Tells about the swarm, and lists its nodes, services and tasks.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(SwarmFacts.info(want.engine()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    EngineObject info = SwarmFacts.info(host, want.engine());
    boolean manager = SwarmFacts.manager(info);
    Result flags =
        Result.ok()
            .with("can_talk_to_docker", true)
            .with("docker_swarm_active", SwarmFacts.member(info))
            .with("docker_swarm_manager", manager);
    if (!manager) {
      return new Verdict.Rejected(
          flags
              .failed(true)
              .with("msg", "Error running docker swarm module: must run on swarm manager node"));
    }
    Map<String, EngineFact> lists = new LinkedHashMap<>();
    lists.put("swarm_facts", EngineFact.of("/swarm", want.engine()));
    list(lists, "tasks", want.tasks(), want.tasksFilters(), want);
    list(lists, "services", want.services(), want.servicesFilters(), want);
    list(lists, "nodes", want.nodes(), want.nodesFilters(), want);
    if (want.unlockKey()) {
      lists.put("swarm_unlock_key", EngineFact.of("/swarm/unlockkey", want.engine()));
    }
    List<EngineFact> questions = new ArrayList<>(lists.values());
    if (want.tasks()) {
      questions.add(nodes(want));
    }
    host.prefetch(questions);
    Result result = flags;
    for (Map.Entry<String, EngineFact> each : lists.entrySet()) {
      Value answer = host.get(each.getValue()).orElse(Value.NULL);
      result = result.with(each.getKey(), shown(each.getKey(), answer, want, host));
    }
    return Verdict.satisfied(result);
  }

  private static void list(
      Map<String, EngineFact> lists,
      String kind,
      boolean wanted,
      Map<String, Value> filters,
      Args want) {
    if (wanted) {
      lists.put(
          kind, EngineFact.of("/" + kind + "?" + DockerHostInfo.filters(filters), want.engine()));
    }
  }

  private static EngineFact nodes(Args want) {
    return EngineFact.of("/nodes?" + DockerHostInfo.filters(Map.of()), want.engine());
  }

  private static Value shown(String kind, Value answer, Args want, Facts host) {
    if (kind.equals("swarm_unlock_key") && answer instanceof Value.Dict swarm) {
      String key = new EngineObject(swarm).text("UnlockKey");
      return key.isEmpty() ? Value.NULL : Value.text(key);
    }
    if (want.verboseOutput() || !(answer instanceof Value.Seq all)) {
      return answer;
    }
    List<Value> names =
        kind.equals("tasks") && host.get(nodes(want)).orElse(Value.NULL) instanceof Value.Seq nodes
            ? nodes.items()
            : List.of();
    return new Value.Seq(
        all.items().stream()
            .map(each -> brief(kind, new EngineObject((Value.Dict) each), all, names))
            .toList());
  }

  private static Value host(String node, List<Value> nodes) {
    return nodes.stream()
        .map(each -> new EngineObject((Value.Dict) each))
        .filter(each -> each.text("ID").equals(node))
        .map(each -> each.at("Description", "Hostname"))
        .findFirst()
        .orElse(Value.text(node));
  }

  private static Value brief(String kind, EngineObject it, Value.Seq all, List<Value> nodes) {
    Map<String, Value> row = new LinkedHashMap<>();
    row.put("ID", it.at("ID"));
    switch (kind) {
      case "nodes" -> {
        row.put("Hostname", it.at("Description", "Hostname"));
        row.put("Status", it.at("Status", "State"));
        row.put("Availability", it.at("Spec", "Availability"));
        row.put(
            "ManagerStatus",
            it.flag("ManagerStatus", "Leader")
                ? Value.text("Leader")
                : it.at("ManagerStatus", "Reachability"));
        row.put("EngineVersion", it.at("Description", "Engine", "EngineVersion"));
      }
      case "services" -> {
        boolean replicated = !it.entries("Spec", "Mode", "Replicated").isEmpty();
        row.put("Name", it.at("Spec", "Name"));
        row.put("Mode", Value.text(replicated ? "Replicated" : "Global"));
        // Of a global service Ansible's module tells how many services there are.
        row.put(
            "Replicas",
            replicated
                ? it.at("Spec", "Mode", "Replicated", "Replicas")
                : Value.number(all.items().size()));
        row.put("Image", it.at("Spec", "TaskTemplate", "ContainerSpec", "Image"));
        row.put("Ports", new Value.Seq(it.items("Spec", "EndpointSpec", "Ports")));
      }
      default -> {
        row.put("ContainerID", it.at("Status", "ContainerStatus", "ContainerID"));
        row.put("Image", it.at("Spec", "ContainerSpec", "Image"));
        row.put("Node", host(it.text("NodeID"), nodes));
        row.put("DesiredState", it.at("DesiredState"));
        row.put("CurrentState", it.at("Status", "State"));
        row.put("Error", it.at("Status", "Err"));
      }
    }
    return Value.Dict.ofTexts(row);
  }
}
