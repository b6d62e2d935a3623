package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.docker.docker_image_pull}: an image from its registry. */
public final class DockerImagePull implements Module<DockerImagePull.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The image's name, perhaps with a tag or digest.") String name,
      @Arg(doc = "The tag when the name has none.", defaultsTo = "latest") String tag,
      @Arg(doc = "The platform, such as `linux/arm64`.") Optional<String> platform,
      @Arg(
              doc = "Whether an image that is there is asked for again.",
              choices = {"always", "not_present"},
              defaultsTo = "always")
          String pull,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_image_pull", Args.class, "Pulls an image from its registry.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    EngineFact image = ImageName.of(want.name(), want.tag()).fact(want.engine());
    return want.platform().isPresent() ? List.of(image, version(want)) : List.of(image);
  }

  private static EngineFact version(Args want) {
    return EngineFact.of("/version", want.engine());
  }

  /** Whether an image is for the platform that is wanted, if one is. */
  private static boolean fits(Value image, Args want, Facts host) {
    if (want.platform().isEmpty()) {
      return true;
    }
    EngineObject it = EngineObject.of(Optional.of(image)).orElseThrow();
    EngineObject engine =
        EngineObject.of(host.get(version(want))).orElse(new EngineObject(Value.Dict.EMPTY));
    return Platform.of(want.platform().get(), engine.text("Os"), engine.text("Arch"))
        .equals(new Platform(it.text("Os"), it.text("Architecture"), it.text("Variant")));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (ImageName.id(want.name())) {
      throw new Refusal("Cannot pull an image by ID");
    }
    ImageName name = ImageName.of(want.name(), want.tag());
    Optional<Value> now = host.get(name.fact(want.engine()));
    Result result = Result.ok().with("image", now.orElse(Value.Dict.EMPTY));
    if (want.pull().equals("not_present")
        && now.filter(image -> fits(image, want, host)).isPresent()) {
      return Verdict.satisfied(result);
    }
    boolean there = now.isPresent();
    return Verdict.changes(
            List.of(
                ImageSteps.pull(name.toString(), want.platform(), there, want.engine()),
                ImageSteps.look(name.toString(), want.engine())),
            List.of(
                new Diff.Properties(
                    Map.of("exists", Value.bool(there)), Map.of("exists", Value.bool(true)))),
            result.changed(!there))
        .telling(
            (end, ends) ->
                end.changed(!there || ImageSteps.newer(ends.getFirst()))
                    .with("image", EngineFact.body(ends.getLast().out()).orElse(Value.NULL)));
  }
}
