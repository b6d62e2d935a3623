package dev.hearth.module.docker;

import dev.hearth.fact.Facts;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Step;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container in a network, or one that shall be in it.
 *
 * @param network its name
 * @param container the container's name
 * @param engine which engine
 */
record NetworkMember(String network, String container, EngineOptions engine) {

  /** The container, as the engine describes it. */
  Optional<EngineObject> described(Facts host) {
    return EngineObject.of(
        host.get(EngineFact.of("/containers/" + EngineCall.part(container) + "/json", engine)));
  }

  /** How it is in the network now; an empty description when it is not. */
  EngineObject endpoint(Facts host) {
    return described(host)
        .flatMap(it -> EngineObject.of(Optional.of(it.at("NetworkSettings", "Networks", network))))
        .orElse(new EngineObject(Value.Dict.EMPTY));
  }

  /**
   * Makes sure that the container can go into a network that is made anew: Compose makes some for
   * the network's number, which is another one then.
   *
   * @throws Refusal when it cannot
   */
  void outlives(NetworkInfo now, Facts host) {
    String mode = described(host).map(it -> it.text("HostConfig", "NetworkMode")).orElse("");
    if (!mode.isEmpty() && mode.equals(now.text("Id"))) {
      throw new Refusal(
          "the network "
              + network
              + " would be made anew, and the container "
              + container
              + " could not be put back: it was made for the network's present id. Take the"
              + " container away first (docker compose down), or leave the network as it is");
    }
  }

  /** With this endpoint it would come back as it is now. */
  static Map<String, Value> again(EngineObject endpoint) {
    Map<String, Value> kept = new LinkedHashMap<>();
    for (String key : List.of("IPAMConfig", "Aliases", "Links", "DriverOpts")) {
      if (!(endpoint.at(key) instanceof Value.Null)) {
        kept.put(key, endpoint.at(key));
      }
    }
    return kept;
  }

  Step connect(Map<String, Value> endpoint, Optional<EngineCall.Unless> unless) {
    return call("connect", Map.of("EndpointConfig", Value.Dict.ofTexts(endpoint)))
        .unless(unless)
        .step(
            "put " + container + " into the network " + network,
            call("disconnect", Map.of())
                .undo("take " + container + " out of the network " + network));
  }

  Step disconnect(EngineObject endpoint) {
    return call("disconnect", Map.of("Force", Value.bool(true)))
        .step(
            "take " + container + " out of the network " + network,
            call("connect", Map.of("EndpointConfig", Value.Dict.ofTexts(again(endpoint))))
                .undo("put " + container + " into the network " + network));
  }

  private EngineCall call(String what, Map<String, Value> more) {
    Map<String, Value> body = new LinkedHashMap<>();
    body.put("Container", Value.text(container));
    body.putAll(more);
    return EngineCall.post("/networks/" + EngineCall.part(network) + "/" + what, engine)
        .sending(Value.Dict.ofTexts(body));
  }
}
