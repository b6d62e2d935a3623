package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.Optional;

/**
 * A network of the host's Docker engine.
 *
 * @param name its name
 * @param engine which engine
 */
record NetworkFact(String name, EngineOptions engine) implements Fact<Optional<NetworkInfo>> {

  private static final String PROBE =
      """
      if ! command -v docker >/dev/null; then
        echo "docker is not on this host; install it first" >&2
        exit 2
      fi
      r=$(docker network inspect -- "$1" 2>&1 >/dev/null)
      case $?:$r in
        0:*) docker network inspect -- "$1" ;;
        *'not found'* | *'No such network'*) exit 0 ;;
        *)
          printf '%s\\n' "$r" >&2
          exit 2
          ;;
      esac
      """;

  @Override
  public String key() {
    return "docker network " + name;
  }

  @Override
  public Script probe() {
    return engine.script(PROBE, name);
  }

  @Override
  public Optional<NetworkInfo> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(
          "cannot ask Docker for the network " + name + ": " + answer.err().strip());
    }
    return NetworkInfo.of(answer.out(), name);
  }
}
