package dev.hearth.module.docker;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code community.docker.docker_compose_v2_pull}: pulls the images of a project. */
public final class DockerComposeV2Pull implements Module<DockerComposeV2Pull.Args> {

  /** Tells by the images' ids whether anything is new. */
  private static final String PULL =
      """
      n=$1
      shift
      ids() {
        run "$@" config --images | sort -u | while IFS= read -r i; do
          printf '%s %s\\n' "$i" "$(docker image inspect -f '{{.Id}}' -- "$i" 2>/dev/null)"
        done
      }
      project() { k=0; for w; do shift; k=$((k + 1)); [ $k -gt "$n" ] || set -- "$@" "$w"; done; ids "$@"; }
      before=$(project "$@")
      run "$@" >&2 || exit
      after=$(project "$@")
      [ "$before" = "$after" ] || echo changed
      """;

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "Whether images that are there are asked for again.",
              choices = {"always", "missing"},
              defaultsTo = "always")
          String policy,
      @Arg(doc = "Only these services.") List<String> services,
      @Arg(doc = "And those that they need.", defaultsTo = "false") boolean includeDeps,
      @Arg(doc = "Leave out what can be built.", defaultsTo = "false") boolean ignoreBuildable,
      @Inline ComposeProject project,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_compose_v2_pull", Args.class, "Pulls the images of a project.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    ComposeProject project = want.project();
    project.check();
    int options = project.options().size();
    List<String> command = new ArrayList<>(List.of("pull", "--quiet", "--policy", want.policy()));
    if (want.includeDeps()) {
      command.add("--include-deps");
    }
    if (want.ignoreBuildable()) {
      command.add("--ignore-buildable");
    }
    command.add("--");
    command.addAll(want.services());
    Step pull =
        Step.change(
            "pull the images of the project",
            want.engine()
                .on(
                    project.script(
                        PULL, List.of(Integer.toString(options)), command, Optional.empty())),
            Undo.refreshed());
    return Verdict.changes(
            List.of(pull), List.of(), Result.ok().with("actions", new Value.Seq(List.of())))
        .telling((end, ends) -> end.changed(ends.getFirst().out().contains("changed")));
  }
}
