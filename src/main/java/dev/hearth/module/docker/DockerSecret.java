package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.docker.docker_secret}: secrets of a swarm. */
public final class DockerSecret implements Module<DockerSecret.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "Its name.") String name,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "What is in it.") Optional<Value.Textual> data,
      @Arg(doc = "That is Base64.", defaultsTo = "false") boolean dataIsB64,
      @Arg(doc = "A file on the host with it; refused, use lookup('file').")
          Optional<String> dataSrc,
      @Arg(doc = "Make it anew in any case.", defaultsTo = "false") boolean force,
      @Arg(doc = "Labels.") Map<String, Value> labels,
      @Arg(doc = "Keep older ones under other names; refused.", defaultsTo = "false")
          boolean rollingVersions,
      @Arg(doc = "How many of those; means nothing.", defaultsTo = "5") int versionsToKeep,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_secret", Args.class, "Makes and removes secrets of a swarm.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(text(want).fact());
  }

  private static SwarmText text(Args want) {
    return new SwarmText(
        "secret",
        want.name(),
        want.data(),
        want.dataIsB64(),
        want.labels(),
        want.force(),
        want.engine());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.dataSrc().isPresent() || want.rollingVersions()) {
      throw new Refusal(
          "data_src, rolling_versions and template_driver are not supported; give data, such as"
              + " lookup('file', 'name')");
    }
    return text(want).plan(want.state().equals("present"), host);
  }
}
