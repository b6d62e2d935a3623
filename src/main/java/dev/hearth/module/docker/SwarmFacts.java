package dev.hearth.module.docker;

import dev.hearth.fact.Facts;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Questions about the swarm that a host is in. */
final class SwarmFacts {

  /** Goes before what takes something in a swarm back: nothing is left when the node has left. */
  static final String GONE_WITH_SWARM =
      """
      if [ "$(docker info -f '{{.Swarm.LocalNodeState}}' 2>/dev/null </dev/null)" = inactive ]; then
        echo "the node has left its swarm, and what was in it is gone"
        exit 0
      fi
      """;

  private SwarmFacts() {}

  static EngineFact info(EngineOptions engine) {
    return EngineFact.of("/info", engine);
  }

  /** What the engine says about itself. */
  static EngineObject info(Facts host, EngineOptions engine) {
    return EngineObject.of(host.get(info(engine))).orElse(new EngineObject(Value.Dict.EMPTY));
  }

  static boolean member(EngineObject info) {
    return List.of("active", "pending", "locked").contains(info.text("Swarm", "LocalNodeState"));
  }

  static boolean manager(EngineObject info) {
    return member(info) && info.flag("Swarm", "ControlAvailable");
  }

  /**
   * Refuses a host that is no manager of a swarm.
   *
   * @throws Refusal when it is none
   */
  static void mustManage(EngineObject info) {
    if (!manager(info)) {
      throw new Refusal(
          "Error running docker swarm module: must run on swarm manager node; make one with"
              + " docker_swarm first");
    }
  }

  static List<EngineObject> list(Optional<Value> answer) {
    return answer.stream()
        .flatMap(all -> all instanceof Value.Seq list ? list.items().stream() : Stream.empty())
        .map(each -> new EngineObject((Value.Dict) each))
        .toList();
  }
}
