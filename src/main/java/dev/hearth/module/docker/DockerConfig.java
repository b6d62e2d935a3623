package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import java.util.List;
import java.util.Optional;

/** {@code community.docker.docker_config}: configurations of a swarm. */
public final class DockerConfig implements Module<DockerConfig.Args> {

  /** The parameters. */
  public record Args(
      @Inline SwarmTextOptions text,
      @Arg(
              doc = "What fills in templates in it; refused.",
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
    return List.of(want.text().text("config").fact());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.templateDriver().isPresent()) {
      throw new Refusal(
          "template_driver is not supported; write the text as it shall be, such as with"
              + " lookup('template', 'name')");
    }
    return want.text().text("config").plan(want.text().present(), host);
  }
}
