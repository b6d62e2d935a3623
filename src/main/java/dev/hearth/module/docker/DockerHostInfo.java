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
import java.util.TreeMap;

/** {@code community.docker.docker_host_info}: the engine itself and lists of what it has. */
public final class DockerHostInfo implements Module<DockerHostInfo.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "List the containers that run.", defaultsTo = "false") boolean containers,
      @Arg(doc = "List those that do not run as well.", defaultsTo = "false") boolean containersAll,
      @Arg(doc = "Which containers, by the engine's filters.") Map<String, Value> containersFilters,
      @Arg(doc = "List the images.", defaultsTo = "false") boolean images,
      @Arg(doc = "Which images.") Map<String, Value> imagesFilters,
      @Arg(doc = "List the networks.", defaultsTo = "false") boolean networks,
      @Arg(doc = "Which networks.") Map<String, Value> networksFilters,
      @Arg(doc = "List the volumes.", defaultsTo = "false") boolean volumes,
      @Arg(doc = "Which volumes.") Map<String, Value> volumesFilters,
      @Arg(doc = "How much of the disk is used.", defaultsTo = "false") boolean diskUsage,
      @Arg(doc = "All that the engine says, not only the usual columns.", defaultsTo = "false")
          boolean verboseOutput,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_host_info",
        Args.class,
        "Tells about the Docker engine, and lists its containers, images, networks and volumes.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(EngineFact.of("/info", want.engine())));
    facts.addAll(lists(want).values());
    return facts;
  }

  private static Map<String, EngineFact> lists(Args want) {
    Map<String, EngineFact> lists = new LinkedHashMap<>();
    if (want.volumes()) {
      lists.put(
          "volumes", EngineFact.of("/volumes?" + filters(want.volumesFilters()), want.engine()));
    }
    if (want.networks()) {
      lists.put(
          "networks", EngineFact.of("/networks?" + filters(want.networksFilters()), want.engine()));
    }
    if (want.containers()) {
      lists.put(
          "containers",
          EngineFact.of(
              "/containers/json?all="
                  + want.containersAll()
                  + "&"
                  + filters(want.containersFilters()),
              want.engine()));
    }
    if (want.images()) {
      lists.put(
          "images", EngineFact.of("/images/json?" + filters(want.imagesFilters()), want.engine()));
    }
    if (want.diskUsage()) {
      lists.put("disk_usage", EngineFact.of("/system/df", want.engine()));
    }
    return lists;
  }

  /** The engine's filters as a task gives them: a value or several by name. */
  static String filters(Map<String, Value> given) {
    Map<String, List<String>> filters = new TreeMap<>();
    given.forEach(
        (name, value) ->
            filters.put(
                name,
                value instanceof Value.Seq list
                    ? list.items().stream().map(ContainerSettings::scalar).toList()
                    : List.of(ContainerSettings.scalar(value))));
    return EngineCall.filters(filters);
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Result result =
        Result.ok()
            .with("can_talk_to_docker", true)
            .with("host_info", host.get(EngineFact.of("/info", want.engine())).orElse(Value.NULL));
    for (Map.Entry<String, EngineFact> list : lists(want).entrySet()) {
      Value answer = host.get(list.getValue()).orElse(Value.NULL);
      result =
          result.with(
              list.getKey(),
              want.verboseOutput() ? whole(list.getKey(), answer) : brief(list.getKey(), answer));
    }
    return Verdict.satisfied(result);
  }

  private static Value whole(String kind, Value answer) {
    return kind.equals("volumes") && answer instanceof Value.Dict dict
        ? new EngineObject(dict).at("Volumes")
        : answer;
  }

  private static Value brief(String kind, Value answer) {
    if (kind.equals("disk_usage") && answer instanceof Value.Dict usage) {
      return columns(usage, "LayersSize");
    }
    String[] columns =
        switch (kind) {
          case "containers" ->
              new String[] {"Id", "Image", "Command", "Created", "Status", "Ports", "Names"};
          case "images" -> new String[] {"Id", "RepoTags", "Created", "Size"};
          case "networks" -> new String[] {"Id", "Driver", "Name", "Scope"};
          default -> new String[] {"Driver", "Name"};
        };
    return whole(kind, answer) instanceof Value.Seq all
        ? new Value.Seq(
            all.items().stream().map(each -> columns((Value.Dict) each, columns)).toList())
        : new Value.Seq(List.of());
  }

  private static Value columns(Value.Dict row, String... names) {
    Map<String, Value> columns = new LinkedHashMap<>();
    for (String name : names) {
      columns.put(name, new EngineObject(row).at(name));
    }
    return Value.Dict.ofTexts(columns);
  }
}
