package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/** {@code community.docker.docker_volume_info}: what the engine knows about one volume. */
public final class DockerVolumeInfo implements Module<DockerVolumeInfo.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "Its name.",
              aliases = {"volume_name"})
          String name,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_volume_info",
        Args.class,
        "Tells what the engine knows about a volume.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static EngineFact fact(Args want) {
    return EngineFact.of("/volumes/%s".formatted(EngineCall.part(want.name())), want.engine());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Optional<Value> found = host.get(fact(want));
    return Verdict.satisfied(
        Result.ok().with("exists", found.isPresent()).with("volume", found.orElse(Value.NULL)));
  }
}
