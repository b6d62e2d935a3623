package dev.hearth.module.docker;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps that bring and remove images, by the docker command itself. */
final class ImageSteps {

  static final String NEEDS_DOCKER =
      """
      if ! command -v docker >/dev/null; then
        echo "docker is not on this host; install it first" >&2
        exit 2
      fi
      """;

  private static final String DOCKER =
      NEEDS_DOCKER
          + """
          docker "$@" </dev/null
          """;

  /**
   * Defines {@code buildx_aside} and {@code buildx_back}: in between Buildx, which even a pretended
   * build makes create its settings, leaves no trace where it has not been before.
   */
  static final String BUILDX_ASIDE =
      """
      buildx_aside() {
        aside=
        [ -d "${BUILDX_CONFIG:-${DOCKER_CONFIG:-$HOME/.docker}/buildx}" ] || aside=$(mktemp -d)
        [ -z "$aside" ] || export BUILDX_CONFIG="$aside"
      }
      buildx_back() {
        [ -z "$aside" ] || { rm -rf -- "$aside"; unset BUILDX_CONFIG; }
      }
      """;

  /** {@code $1}: {@code build}, or {@code buildx} for what only that can do. */
  private static final String BUILD =
      NEEDS_DOCKER
          + BUILDX_ASIDE
          + """
          if [ "$1" = buildx ]; then
            docker buildx version >/dev/null 2>&1 || {
              echo "docker has no Buildx on this host, which secrets and outputs of a build need; install it first" >&2
              exit 2
            }
            shift
            set -- buildx build "$@"
          fi
          buildx_aside
          docker "$@" </dev/null
          end=$?
          buildx_back
          exit "$end"
          """;

  private ImageSteps() {}

  static Script build(EngineOptions engine, List<String> words) {
    return building("build", engine, words);
  }

  static Script buildx(EngineOptions engine, List<String> words) {
    return building("buildx", engine, words);
  }

  private static Script building(String how, EngineOptions engine, List<String> words) {
    List<String> all = new ArrayList<>(List.of(how));
    all.addAll(words);
    return engine.script(BUILD, all.toArray(String[]::new));
  }

  static Script docker(EngineOptions engine, String... words) {
    return engine.script(DOCKER, words);
  }

  static Undo removal(String name, EngineOptions engine) {
    return new Undo.Run("remove the image " + name, docker(engine, "image", "rm", "--", name));
  }

  static Step pull(String name, Optional<String> platform, boolean there, EngineOptions engine) {
    List<String> words = new ArrayList<>(List.of("image", "pull"));
    platform.ifPresent(it -> words.addAll(List.of("--platform", it)));
    words.addAll(List.of("--", name));
    return Step.change(
        "pull " + name,
        docker(engine, words.toArray(String[]::new)),
        there ? Undo.refreshed() : removal(name, engine));
  }

  /** Whether a pull brought something. */
  static boolean newer(Outcome.Exited end) {
    return end.out().contains("Status: Downloaded newer image");
  }

  static Step remove(String name, boolean force, EngineOptions engine) {
    return Step.change(
        "remove the image " + name,
        force
            ? docker(engine, "image", "rm", "--force", "--", name)
            : docker(engine, "image", "rm", "--", name),
        new Undo.Impossible("an image is brought by what made it"));
  }

  static Step tag(String image, String name, EngineOptions engine) {
    return Step.change(
        "call " + image + " " + name,
        docker(engine, "image", "tag", image, name),
        removal(name, engine));
  }

  static Step look(String name, EngineOptions engine) {
    return Step.read("look at " + name, ImageName.fact(name, engine).probe());
  }
}
