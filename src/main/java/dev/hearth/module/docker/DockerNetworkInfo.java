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

/** {@code community.docker.docker_network_info}: what the engine knows about one network. */
public final class DockerNetworkInfo implements Module<DockerNetworkInfo.Args> {

  /** The parameters. */
  public record Args(@Arg(doc = "Its name or id.") String name, @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_network_info",
        Args.class,
        "Tells what the engine knows about a network.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static EngineFact fact(Args want) {
    return EngineFact.of("/networks/%s".formatted(EngineCall.part(want.name())), want.engine());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Optional<Value> found = host.get(fact(want));
    return Verdict.satisfied(
        Result.ok().with("exists", found.isPresent()).with("network", found.orElse(Value.NULL)));
  }
}
