package dev.hearth.module.docker;

import dev.hearth.module.Refusal;
import dev.hearth.plan.Step;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The networks that a container is in.
 *
 * @param want what the task says
 * @param container its name
 * @param engine which engine
 */
record ContainerNetworks(ContainerNetworking want, String container, EngineOptions engine) {

  /** The first network is where the container starts, unless the task says something else. */
  static Optional<String> mode(ContainerNetworking want) {
    return want.networkMode()
        .or(
            () ->
                want.networksCliCompatible() && !want.networks().isEmpty()
                    ? Optional.of(name(want.networks().getFirst()))
                    : Optional.empty());
  }

  /** The name of one of the networks that a task lists. */
  static String name(Map<String, Value> network) {
    String name = ContainerSettings.scalar(network.getOrDefault("name", Value.NULL));
    if (name.isEmpty()) {
      throw new Refusal("each of networks needs a name");
    }
    return name;
  }

  /** The networks that a new container is made in: the engine takes only the first. */
  Map<String, Value> first() {
    Map<String, Value> endpoints = new LinkedHashMap<>();
    want.networks().stream()
        .filter(network -> Optional.of(name(network)).equals(mode(want)))
        .findFirst()
        .ifPresent(network -> endpoints.put(name(network), endpoint(network)));
    return endpoints;
  }

  /** The steps that put a new container into its other networks. */
  List<Step> others(Optional<EngineCall.Unless> unless) {
    Map<String, Value> first = first();
    return want.networks().stream()
        .filter(network -> !first.containsKey(name(network)))
        .map(network -> connect(network, unless))
        .toList();
  }

  /** What has to be done with an existing container, and what that changes. */
  List<Step> differences(
      EngineObject now, boolean strict, Map<String, Value> before, Map<String, Value> after) {
    List<Step> steps = new ArrayList<>();
    Map<String, Value> there = now.entries("NetworkSettings", "Networks");
    for (Map<String, Value> network : want.networks()) {
      String name = name(network);
      Value current = there.get(name);
      if (current == null) {
        steps.add(connect(network, Optional.empty()));
        before.put("networks." + name, Value.NULL);
        after.put("networks." + name, endpoint(network));
      } else if (!fits(endpoint(network), new EngineObject((Value.Dict) current))) {
        steps.add(disconnect(name, current));
        steps.add(connect(network, Optional.empty()));
        before.put("networks." + name, current);
        after.put("networks." + name, endpoint(network));
      }
    }
    if (strict) {
      List<String> wanted = want.networks().stream().map(ContainerNetworks::name).toList();
      there.forEach(
          (name, current) -> {
            if (!wanted.contains(name)) {
              steps.add(disconnect(name, current));
              before.put("networks." + name, current);
              after.put("networks." + name, Value.NULL);
            }
          });
    }
    return steps;
  }

  private static boolean fits(Value.Dict wanted, EngineObject now) {
    EngineObject want = new EngineObject(wanted);
    return given("IPAMConfig", want, now)
        && given("DriverOpts", want, now)
        && given("GwPriority", want, now)
        && now.items("Aliases").containsAll(want.items("Aliases"))
        && now.items("Links").containsAll(want.items("Links"))
        && (want.text("MacAddress").isEmpty()
            || want.text("MacAddress").equalsIgnoreCase(now.text("MacAddress")));
  }

  /** What is not given is not compared. */
  private static boolean given(String key, EngineObject want, EngineObject now) {
    return want.at(key) instanceof Value.Null || Setting.part(want.at(key), now.at(key));
  }

  private static Value.Dict endpoint(Map<String, Value> network) {
    Map<String, Value> endpoint = new LinkedHashMap<>();
    Map<String, Value> addresses = new LinkedHashMap<>();
    network.forEach(
        (key, value) -> {
          if (value instanceof Value.Null) {
            return;
          }
          switch (key) {
            case "name" -> {}
            case "ipv4_address" -> addresses.put("IPv4Address", value);
            case "ipv6_address" -> addresses.put("IPv6Address", value);
            case "aliases" -> endpoint.put("Aliases", value);
            case "links" -> endpoint.put("Links", value);
            case "mac_address" -> endpoint.put("MacAddress", value);
            case "driver_opts" -> endpoint.put("DriverOpts", value);
            case "gw_priority" -> endpoint.put("GwPriority", value);
            default -> throw new Refusal("networks has no '" + key + "'");
          }
        });
    if (!addresses.isEmpty()) {
      endpoint.put("IPAMConfig", Value.Dict.ofTexts(addresses));
    }
    return Value.Dict.ofTexts(endpoint);
  }

  private Step connect(Map<String, Value> network, Optional<EngineCall.Unless> unless) {
    return member(name(network)).connect(new EngineObject(endpoint(network)).entries(), unless);
  }

  private Step disconnect(String name, Value current) {
    return member(name).disconnect(new EngineObject((Value.Dict) current));
  }

  private NetworkMember member(String network) {
    return new NetworkMember(network, container, engine);
  }
}
