package dev.hearth.module.docker;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The steps that bring a container's image, and start, stop and remove the container.
 *
 * @param want what the task says
 */
record ContainerSteps(DockerContainer.Args want) {

  private static final String PULL =
      """
      if ! command -v docker >/dev/null; then
        echo "docker is not on this host; install it first" >&2
        exit 2
      fi
      docker pull ${2:+--platform "$2"} -- "$1" </dev/null
      """;

  private static final String REMOVE_IMAGE = "docker image rm -- \"$1\" >/dev/null\n";

  private static final String AWAIT_HEALTH =
      """
      end=$(($(date +%s) + $2))
      while :; do
        s=$(docker container inspect -f '{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' -- "$1") || exit
        case $s in none | healthy) exit 0 ;; esac
        if [ "$(date +%s)" -ge "$end" ]; then
          echo "Timeout of $2 seconds exceeded while waiting for container \\"$1\\"; it is $s" >&2
          exit 1
        fi
        sleep 1
      done
      """;

  private static final String RUN_TO_END =
      """
      docker container start -a -- "$1" 2>&1
      printf '@@@@%s\\n' "$?"
      [ "$2" = no ] || docker container logs -- "$1" 2>&1 | logger -t "docker_container $1"
      """;

  /** The container in the engine's interface. */
  String path() {
    return "/containers/" + EngineCall.part(want.name());
  }

  /** Brings its image; one that is there may become newer. */
  Step pull(boolean there) {
    String name = want.image().orElseThrow();
    return Step.change(
        "pull " + name,
        want.engine().script(PULL, name, want.platform().orElse("")),
        there
            ? Undo.refreshed()
            : new Undo.Run("remove the image " + name, want.engine().script(REMOVE_IMAGE, name)));
  }

  /** What runs to its end as part of the task is not looked at: how it ends is its own affair. */
  Undo left(Undo undo) {
    return want.detach().orElse(true)
        ? undo.and(DockerWatches.container(want.name(), want.engine()))
        : undo;
  }

  Step start() {
    return call("/start")
        .step("start " + want.name(), left(stopCall().undo("stop " + want.name())));
  }

  Step startAgain() {
    return call("/start").step("start " + want.name(), left(new Undo.Nothing("it ran before")));
  }

  private EngineCall stopCall() {
    return want.forceKill()
        ? call("/kill" + want.killSignal().map(it -> "?signal=" + EngineCall.part(it)).orElse(""))
        : call("/stop" + time());
  }

  private String time() {
    return want.process().stopTimeout().map(seconds -> "?t=" + seconds).orElse("");
  }

  Step stop(Optional<EngineCall.Unless> unless) {
    return stopCall()
        .unless(unless)
        .step("stop " + want.name(), left(call("/start").undo("start " + want.name())));
  }

  /** It can be made again as it was described; what was written inside of it is gone. */
  Step delete(EngineObject container, Optional<EngineCall.Unless> unless) {
    Map<String, Value> body = new LinkedHashMap<>(container.entries("Config"));
    body.put("HostConfig", container.at("HostConfig"));
    Map<String, Value> endpoints = container.entries("NetworkSettings", "Networks");
    if (endpoints.size() == 1) {
      body.put(
          "NetworkingConfig",
          Value.Dict.ofTexts(Map.of("EndpointsConfig", Value.Dict.ofTexts(endpoints))));
    }
    return EngineCall.delete(
            path() + "?force=" + want.forceKill() + "&v=" + !want.keepVolumes(), want.engine())
        .unless(unless)
        .step(
            "remove the container " + want.name(),
            left(
                EngineCall.post(
                        "/containers/create?name=" + EngineCall.part(want.name()), want.engine())
                    .sending(Value.Dict.ofTexts(body))
                    .undo("make the container " + want.name() + " as it was described")));
  }

  /** Starts it and waits for its end, whose output and status are printed. */
  Step runToEnd() {
    return Step.change(
        "run " + want.name(),
        want.engine()
            .script(
                RUN_TO_END,
                want.name(),
                want.outputLogs() && !want.autoRemove().orElse(false) ? "yes" : "no"),
        Undo.momentary());
  }

  /** Removes it when it has run to its end. */
  Step cleanUp() {
    return EngineCall.delete(path() + "?v=" + !want.keepVolumes(), want.engine())
        .step("remove " + want.name(), Undo.momentary());
  }

  Step restart() {
    return call("/restart" + time()).step("restart " + want.name(), Undo.momentary());
  }

  Step pause() {
    return call("/pause")
        .step("pause " + want.name(), left(call("/unpause").undo("let " + want.name() + " go on")));
  }

  Step unpause() {
    return call("/unpause")
        .step("let " + want.name() + " go on", left(call("/pause").undo("pause " + want.name())));
  }

  private EngineCall call(String what) {
    return EngineCall.post(path() + what, want.engine());
  }

  Step awaitHealth() {
    double seconds = want.healthyWaitTimeout();
    return Step.change(
        "wait until " + want.name() + " is healthy",
        want.engine()
            .script(
                AWAIT_HEALTH,
                want.name(),
                Long.toString(seconds <= 0 ? 86_400 : Math.round(seconds))),
        Undo.momentary());
  }
}
