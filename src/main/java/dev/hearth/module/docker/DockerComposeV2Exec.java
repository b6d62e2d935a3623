package dev.hearth.module.docker;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code community.docker.docker_compose_v2_exec}: a command in a service's container. */
public final class DockerComposeV2Exec implements Module<DockerComposeV2Exec.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "Which of the service's containers.") Optional<Integer> index,
      @Arg(doc = "With all rights.", defaultsTo = "false") boolean privileged,
      @Inline ComposeCommand command,
      @Inline ComposeProject project,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_compose_v2_exec",
        Args.class,
        "Runs a command in a container of a project.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<String> options = new ArrayList<>();
    want.index().ifPresent(number -> options.addAll(List.of("--index", number.toString())));
    if (want.privileged()) {
      options.add("--privileged");
    }
    return want.command().plan(want.project(), want.engine(), "exec", options);
  }
}
