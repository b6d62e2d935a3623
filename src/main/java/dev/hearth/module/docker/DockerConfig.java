package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import java.util.List;
import java.util.Optional;

/** {@code community.docker.docker_config}: configurations of a swarm. */
public final class DockerConfig implements Module<DockerConfig.Args> {

  /** The parameters. */
  @Exclusive({"data", "data_src"})
  public record Args(
      @Inline SwarmTextOptions text,
      @Arg(
              doc = "What fills in templates in it when a service gets it.",
              choices = {"golang"})
          Optional<String> templateDriver) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_config",
        Args.class,
        "Makes and removes configurations of a swarm.");
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
    return new SwarmText("config", want.text(), want.templateDriver());
  }
}
