package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import java.util.List;
import java.util.Optional;

/** {@code community.docker.docker_secret}: secrets of a swarm. */
public final class DockerSecret implements Module<DockerSecret.Args> {

  /** The parameters. */
  @Exclusive({"data", "data_src"})
  public record Args(@Inline SwarmTextOptions text) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_secret", Args.class, "Makes and removes secrets of a swarm.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(text(want).fact());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    return text(want).plan(host);
  }

  private static SwarmText text(Args want) {
    return new SwarmText("secret", want.text(), Optional.empty());
  }
}
