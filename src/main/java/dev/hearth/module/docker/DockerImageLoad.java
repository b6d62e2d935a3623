package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.PathFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import java.util.List;

/** {@code community.docker.docker_image_load}: images from an archive on the host. */
public final class DockerImageLoad implements Module<DockerImageLoad.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The archive on the host, as docker save writes it.") String path,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_image_load", Args.class, "Loads images from an archive.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new PathFact(want.path()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!host.get(new PathFact(want.path())).followed().file()) {
      throw new Refusal("Error opening archive " + want.path() + ": there is no such file");
    }
    Step load =
        Step.change(
            "load images from " + want.path(),
            LoadedImages.script(want.path(), "", want.engine()),
            new Undo.Impossible("what an archive brings is known only afterwards"));
    return Verdict.changes(List.of(load), List.of(), Result.changedNow())
        .telling((end, ends) -> LoadedImages.of(ends.getFirst().out()).in(end));
  }
}
