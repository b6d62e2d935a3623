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

/** {@code community.docker.docker_compose_v2_run}: a command in a new container of a service. */
public final class DockerComposeV2Run implements Module<DockerComposeV2Run.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "Build the image first.", defaultsTo = "false") boolean build,
      @Arg(doc = "Rights that it gets.") List<String> capAdd,
      @Arg(doc = "Rights that it does not get.") List<String> capDrop,
      @Arg(doc = "Remove the container afterwards.", defaultsTo = "false") boolean cleanup,
      @Arg(doc = "Another program.") Optional<String> entrypoint,
      @Arg(doc = "Keep its input open; means nothing.", defaultsTo = "true") boolean interactive,
      @Arg(doc = "Labels.") List<String> labels,
      @Arg(doc = "The container's name.") Optional<String> name,
      @Arg(doc = "Do not start what it needs.", defaultsTo = "false") boolean noDeps,
      @Arg(doc = "Ports to publish.") List<String> publish,
      @Arg(doc = "Pull without words.", defaultsTo = "false") boolean quietPull,
      @Arg(doc = "Remove containers of services that are gone.", defaultsTo = "false")
          boolean removeOrphans,
      @Arg(doc = "Publish the service's ports.", defaultsTo = "false") boolean servicePorts,
      @Arg(doc = "Use the service's network names.", defaultsTo = "false") boolean useAliases,
      @Arg(doc = "Volumes.") List<String> volumes,
      @Inline ComposeCommand command,
      @Inline ComposeProject project,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_compose_v2_run",
        Args.class,
        "Runs a command in a new container of a project.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<String> options = new ArrayList<>();
    flag(options, want.build(), "--build");
    flag(options, want.cleanup(), "--rm");
    flag(options, want.noDeps(), "--no-deps");
    flag(options, want.quietPull(), "--quiet-pull");
    flag(options, want.removeOrphans(), "--remove-orphans");
    flag(options, want.servicePorts(), "--service-ports");
    flag(options, want.useAliases(), "--use-aliases");
    want.capAdd().forEach(each -> options.addAll(List.of("--cap-add", each)));
    want.capDrop().forEach(each -> options.addAll(List.of("--cap-drop", each)));
    want.labels().forEach(each -> options.addAll(List.of("--label", each)));
    want.publish().forEach(each -> options.addAll(List.of("--publish", each)));
    want.volumes().forEach(each -> options.addAll(List.of("--volume", each)));
    want.entrypoint().ifPresent(it -> options.addAll(List.of("--entrypoint", it)));
    want.name().ifPresent(it -> options.addAll(List.of("--name", it)));
    return want.command().plan(want.project(), want.engine(), "run", options);
  }

  private static void flag(List<String> options, boolean wanted, String option) {
    if (wanted) {
      options.add(option);
    }
  }
}
