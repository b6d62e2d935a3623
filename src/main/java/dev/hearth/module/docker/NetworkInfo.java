package dev.hearth.module.docker;

import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network as {@code docker network inspect} describes it.
 *
 * @param description the engine's own words
 */
record NetworkInfo(Value.Dict description) {

  private static final List<String> REMEMBERED =
      List.of(
          "Name",
          "Driver",
          "EnableIPv4",
          "EnableIPv6",
          "IPAM",
          "Internal",
          "Attachable",
          "Ingress",
          "ConfigOnly",
          "Options",
          "Labels");

  /** The network of that name in the output of inspect, if it is there. */
  static Optional<NetworkInfo> of(String json, String name) {
    if (json.isBlank() || !(JsonReader.read(json) instanceof Value.Seq all)) {
      return Optional.empty();
    }
    return all.items().stream()
        .filter(one -> one instanceof Value.Dict)
        .map(one -> new NetworkInfo((Value.Dict) one))
        .filter(one -> one.text("Name").equals(name))
        .findFirst();
  }

  String text(String key) {
    return description.get(key) instanceof Value.Text text ? text.value() : "";
  }

  boolean flag(String key) {
    return Value.bool(true).equals(description.get(key));
  }

  Map<String, String> texts(String key) {
    return texts(description.get(key));
  }

  String ipamDriver() {
    return description.get("IPAM") instanceof Value.Dict ipam
            && ipam.get("Driver") instanceof Value.Text driver
        ? driver.value()
        : "";
  }

  /** Subnets with their gateways and ranges, by the engine's names. */
  List<Map<String, String>> pools() {
    if (!(description.get("IPAM") instanceof Value.Dict ipam)
        || !(ipam.get("Config") instanceof Value.Seq pools)) {
      return List.of();
    }
    return pools.items().stream().map(NetworkInfo::texts).toList();
  }

  /**
   * What the engine makes the same network from again; one that takes another's properties has few.
   */
  Value.Dict again() {
    EngineObject network = new EngineObject(description);
    boolean borrowed = !network.text("ConfigFrom", "Network").isEmpty();
    Map<String, Value> body = new LinkedHashMap<>();
    for (String key : borrowed ? List.of("Name", "Driver", "ConfigFrom", "Labels") : REMEMBERED) {
      if (!(network.at(key) instanceof Value.Null)) {
        body.put(key, network.at(key));
      }
    }
    return Value.Dict.ofTexts(body);
  }

  /** Names of the containers that run in it. */
  List<String> containers() {
    if (!(description.get("Containers") instanceof Value.Dict containers)) {
      return List.of();
    }
    return containers.entries().values().stream()
        .map(NetworkInfo::texts)
        .map(container -> container.getOrDefault("Name", ""))
        .filter(name -> !name.isEmpty())
        .sorted()
        .toList();
  }

  private static Map<String, String> texts(@org.jspecify.annotations.Nullable Value value) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (value instanceof Value.Dict mapping) {
      mapping
          .entries()
          .forEach(
              (key, item) -> {
                if (key instanceof Value.Text name && item instanceof Value.Text text) {
                  texts.put(name.value(), text.value());
                }
              });
    }
    return texts;
  }
}
