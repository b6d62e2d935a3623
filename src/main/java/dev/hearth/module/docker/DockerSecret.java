package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import java.util.List;

/** {@code community.docker.docker_secret}: secrets of a swarm. */
public final class DockerSecret implements Module<DockerSecret.Args> {

  /** The parameters. */
  public record Args(@Inline SwarmTextOptions text) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_secret", Args.class, "Makes and removes secrets of a swarm.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(want.text().text("secret").fact());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    return want.text().text("secret").plan(want.text().present(), host);
  }
}
