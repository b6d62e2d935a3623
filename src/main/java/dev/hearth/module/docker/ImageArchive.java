package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.PathFact;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.files.MadeFile;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * An archive on the host as {@code docker save} writes it.
 *
 * @param path where it is
 */
record ImageArchive(String path) {

  private static final String SAVE =
      """
      docker image save -- "$1" >"$work/made" </dev/null || exit
      """;

  /**
   * Whether an archive holds just this image under just this name.
   *
   * @param path of the archive
   */
  private record Manifest(String path) implements Fact<Value> {

    private static final String READ =
        """
        [ ! -f "$1" ] || tar -xOf "$1" manifest.json 2>/dev/null || :
        """;

    @Override
    public String key() {
      return "image archive " + path;
    }

    @Override
    public Script probe() {
      return Script.of(READ, path);
    }

    @Override
    public Value parse(Outcome.Exited answer) {
      try {
        return JsonReader.read(answer.out());
      } catch (IllegalArgumentException noArchive) {
        return Value.NULL;
      }
    }
  }

  Fact<?> fact() {
    return new Manifest(path);
  }

  /** Whether it holds this image alone, under this name alone. */
  boolean holds(String name, String id, Facts host) {
    if (!(host.get(new Manifest(path)) instanceof Value.Seq images)
        || images.items().size() != 1
        || !(images.items().getFirst() instanceof Value.Dict only)) {
      return false;
    }
    EngineObject image = new EngineObject(only);
    String config = image.text("Config").replaceFirst("^blobs/sha256/", "");
    return id.equals("sha256:" + config.replaceFirst("[.]json$", ""))
        && image.items("RepoTags").equals(List.of(Value.text(name)));
  }

  /** Puts the image into it; a file that is there keeps its owner and mode. */
  Step save(String name, EngineOptions engine, Facts host) {
    MadeFile made =
        MadeFile.of(
            path,
            false,
            FileAttributes.of(Optional.empty()),
            0644,
            host.get(new PathFact(path)).followed());
    return Step.change(
        "save " + name + " to " + path,
        engine.on(made.make(ImageSteps.NEEDS_DOCKER, SAVE, List.of(name))),
        Undo.restore(path));
  }
}
