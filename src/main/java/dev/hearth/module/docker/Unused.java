package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the engine would remove if it were asked to remove what nothing uses, as its lists tell. Of
 * the filters {@code label}, {@code dangling} and {@code all} count; a list knows no others, so
 * there may be less to remove.
 *
 * @param engine which engine
 */
record Unused(EngineOptions engine) {

  /** From 1.42 of its interface on the engine keeps volumes that have a name. */
  private static final int NAMED_VOLUMES_STAY = 42;

  List<Fact<?>> facts(String kind, Map<String, Value> filters) {
    List<Fact<?>> facts = new ArrayList<>(List.of(list(kind, filters)));
    if (kind.equals("images")) {
      facts.add(containers());
    } else if (kind.equals("volumes")) {
      facts.add(version());
    }
    return facts;
  }

  /** Their names; a container's, image's, network's or volume's. */
  List<String> names(String kind, Map<String, Value> filters, Facts host) {
    List<EngineObject> all = all(list(kind, filters), kind.equals("volumes"), host);
    return switch (kind) {
      case "containers" ->
          all.stream().map(it -> text(it.items("Names")).replaceFirst("^/", "")).toList();
      case "images" -> {
        Set<String> used =
            all(containers(), false, host).stream()
                .map(it -> it.text("ImageID"))
                .collect(Collectors.toSet());
        yield all.stream().filter(it -> !used.contains(it.text("Id"))).map(Unused::image).toList();
      }
      case "volumes" -> {
        boolean named = scalar(filters, "all").equals("true") || before(NAMED_VOLUMES_STAY, host);
        yield all.stream()
            .filter(it -> named || it.entries("Labels").containsKey("com.docker.volume.anonymous"))
            .map(it -> it.text("Name"))
            .toList();
      }
      default -> all.stream().map(it -> it.text("Name")).toList();
    };
  }

  private EngineFact list(String kind, Map<String, Value> filters) {
    Map<String, Value> query = new TreeMap<>();
    if (filters.containsKey("label")) {
      query.put("label", filters.get("label"));
    }
    String path =
        switch (kind) {
          case "containers" -> {
            query.put(
                "status",
                Value.Seq.of(Value.text("created"), Value.text("exited"), Value.text("dead")));
            yield "/containers/json?all=1&";
          }
          case "images" -> {
            if (!scalar(filters, "dangling").equals("false")) {
              query.put("dangling", Value.text("true"));
            }
            yield "/images/json?";
          }
          default -> {
            query.put("dangling", Value.text("true"));
            yield "/" + kind + "?";
          }
        };
    return EngineFact.of(path + DockerHostInfo.filters(query), engine);
  }

  private EngineFact containers() {
    return EngineFact.of("/containers/json?all=1", engine);
  }

  private EngineFact version() {
    return EngineFact.of("/version", engine);
  }

  private boolean before(int minor, Facts host) {
    String own = EngineObject.of(host.get(version())).map(it -> it.text("ApiVersion")).orElse("");
    return own.matches("1[.]\\d{1,4}") && Integer.parseInt(own.substring(2)) < minor;
  }

  private static List<EngineObject> all(EngineFact list, boolean inside, Facts host) {
    Value answer = host.get(list).orElse(Value.NULL);
    if (inside && answer instanceof Value.Dict dict) {
      answer = new EngineObject(dict).at("Volumes");
    }
    return answer instanceof Value.Seq many
        ? many.items().stream()
            .filter(Value.Dict.class::isInstance)
            .map(it -> new EngineObject((Value.Dict) it))
            .toList()
        : List.of();
  }

  private static String image(EngineObject image) {
    String name = text(image.items("RepoTags"));
    return name.isEmpty() || name.equals("<none>:<none>") ? image.text("Id") : name;
  }

  private static String text(List<Value> items) {
    return items.isEmpty() ? "" : ContainerSettings.scalar(items.getFirst());
  }

  private static String scalar(Map<String, Value> filters, String name) {
    return filters.containsKey(name) ? ContainerSettings.scalar(filters.get(name)) : "";
  }
}
