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

  private static final String DOCKER =
      """
      if ! command -v docker >/dev/null; then
        echo "docker is not on this host; install it first" >&2
        exit 2
      fi
      exec docker "$@" </dev/null
      """;

  private ImageSteps() {}

  static Script docker(EngineOptions engine, String... words) {
    return Script.of(DOCKER, words).in(engine.environment());
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
