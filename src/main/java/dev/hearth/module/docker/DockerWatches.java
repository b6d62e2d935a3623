package dev.hearth.module.docker;

import dev.hearth.plan.Undo;

/** How Docker's things are told in one line, so that {@code diff} sees what changed since. */
final class DockerWatches {

  /** Goes before: without an engine nothing can be told. */
  private static final String ENGINE = "docker version >/dev/null 2>&1 || exit 1\n";

  private static final String OBJECT =
      ENGINE
          + """
          told=$(docker "$1" inspect -f "$2" -- "$3" 2>/dev/null) || told=absent
          echo "$told"
          """;

  private static final String PROJECT =
      ENGINE
          + """
          found=$(docker ps -a --filter "label=com.docker.compose.project$1" --format '{{.Names}} {{.State}}' | sort | tr '\\n' ';')
          found=${found%;}
          echo "${found:-absent}"
          """;

  private DockerWatches() {}

  /** A network of Docker: its driver and addresses. */
  static Undo.Watch network(String name, EngineOptions engine) {
    return object(
        "network", "driver {{.Driver}}{{range .IPAM.Config}} {{.Subnet}}{{end}}", name, engine);
  }

  /** A volume of Docker: its driver. */
  static Undo.Watch volume(String name, EngineOptions engine) {
    return object("volume", "driver {{.Driver}}", name, engine);
  }

  /** A container: whether it runs, and its image. */
  static Undo.Watch container(String name, EngineOptions engine) {
    return object(
        "container", "{{.State.Status}}, image {{.Config.Image}} {{.Image}}", name, engine);
  }

  private static Undo.Watch object(String kind, String format, String name, EngineOptions engine) {
    return new Undo.Watch("Docker " + kind + " " + name, engine.script(OBJECT, kind, format, name));
  }

  /**
   * The containers of a Compose project.
   *
   * @param label what is behind {@code com.docker.compose.project} in the label that all have
   * @param name the project, for people
   */
  static Undo.Watch project(String label, String name, EngineOptions engine) {
    return new Undo.Watch("Compose project " + name, engine.script(PROJECT, label));
  }
}
