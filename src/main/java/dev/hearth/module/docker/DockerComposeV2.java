package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Projects of docker compose. Whether there is anything to do is what compose itself says when it
 * only pretends; with {@code wait} a project that is not healthy yet is waited for as well.
 */
public final class DockerComposeV2 implements Module<DockerComposeV2.Args> {

  private static final Set<String> STOPPED = Set.of("created", "exited", "stopped", "killed");

  /** The arguments of {@code docker_compose_v2}. */
  public record Args(
      @Inline ComposeProject project,
      @Arg(
              doc = "Whether the project runs; `restarted` acts every time.",
              choices = {"absent", "present", "restarted", "stopped"},
              defaultsTo = "present")
          String state,
      @Arg(
              doc = "When images are pulled; `policy` leaves it to the project.",
              choices = {"always", "missing", "never", "policy"},
              defaultsTo = "policy")
          String pull,
      @Arg(
              doc = "When images are built; `policy` leaves it to the project.",
              choices = {"always", "never", "policy"},
              defaultsTo = "policy")
          String build,
      @Arg(
              doc = "When containers are made anew; `auto` when something differs.",
              choices = {"always", "auto", "never"},
              defaultsTo = "auto")
          String recreate,
      @Arg(doc = "Act on services that others need too.", defaultsTo = "true") boolean dependencies,
      @Arg(doc = "Make volumes without a name anew.", defaultsTo = "false")
          boolean renewAnonVolumes,
      @Arg(doc = "Remove containers of services that are gone.", defaultsTo = "false")
          boolean removeOrphans,
      @Arg(doc = "With `state: absent`, remove volumes too.", defaultsTo = "false")
          boolean removeVolumes,
      @Arg(
              doc = "With `state: absent`, remove images too.",
              choices = {"all", "local"})
          Optional<String> removeImages,
      @Arg(doc = "Seconds that a container has to stop.") Optional<Integer> timeout,
      @Arg(doc = "Only these services.") List<String> services,
      @Arg(doc = "How many containers a service has.") Map<String, Integer> scale,
      @Arg(name = "wait", doc = "Wait until all run or are healthy.", defaultsTo = "false")
          boolean waits,
      @Arg(doc = "Seconds to wait for that.") Optional<Integer> waitTimeout,
      @Arg(doc = "Building an image does not count as a change.", defaultsTo = "true")
          boolean ignoreBuildEvents,
      @Arg(doc = "Answer compose's questions with yes; needs Compose 2.34.", defaultsTo = "false")
          boolean assumeYes,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_compose_v2",
        Args.class,
        "Starts, stops, restarts and removes projects of docker compose.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static ComposeFact fact(Args want) {
    List<String> pretend =
        switch (want.state()) {
          case "absent" -> ComposeCommands.down(want, true);
          case "restarted" -> ComposeCommands.restart(want, true);
          case "stopped" -> ComposeCommands.up(want, true, true);
          default -> ComposeCommands.up(want, false, true);
        };
    return new ComposeFact(
        ComposeCommands.project(want),
        want.project().projectSrc().orElse(""),
        want.project().json(),
        pretend,
        want.engine());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    check(want);
    ComposeFact fact = fact(want);
    ComposeFact.Answer now = host.get(fact);
    if (now.code() != 0) {
      throw new Refusal("docker compose refuses: " + errors(now.said()));
    }
    List<ComposeOutput.Action> actions = new ArrayList<>(now.actions());
    List<Step> steps = new ArrayList<>();
    switch (want.state()) {
      case "restarted" ->
          steps.add(
              Step.change(
                  "restart the project",
                  script(fact, ComposeCommands.restart(want, false)),
                  Undo.momentary()));
      case "absent" -> {
        if (!actions.isEmpty()) {
          steps.add(
              run(
                  want,
                  fact,
                  "remove the project",
                  ComposeCommands.down(want, false),
                  new Undo.Run(
                      "start the project", script(fact, ComposeCommands.up(want, false, false)))));
        }
      }
      case "stopped" -> stop(want, fact, now, actions, steps);
      default -> {
        if (!actions.isEmpty() || unready(want, now)) {
          steps.add(
              run(
                  want,
                  fact,
                  "start the project",
                  ComposeCommands.up(want, false, false),
                  downAgain(want, fact, now)));
        }
      }
    }
    Result known = result(now.containers(), now.images(), actions);
    return steps.isEmpty() ? Verdict.satisfied(known) : changes(want, fact, steps, actions, known);
  }

  private static void stop(
      Args want,
      ComposeFact fact,
      ComposeFact.Answer now,
      List<ComposeOutput.Action> actions,
      List<Step> steps) {
    if (!actions.isEmpty()) {
      steps.add(
          run(
              want,
              fact,
              "make the project's containers",
              ComposeCommands.up(want, true, false),
              downAgain(want, fact, now)));
    }
    List<Value.Dict> running =
        now.containers().stream()
            .filter(container -> !STOPPED.contains(ComposeOutput.text(container, "State")))
            .filter(container -> !goes(ComposeOutput.text(container, "Name"), actions))
            .toList();
    if (!running.isEmpty()) {
      steps.add(
          run(
              want,
              fact,
              "stop the project",
              ComposeCommands.stop(want),
              new Undo.Run(
                  "start the project", script(fact, ComposeCommands.up(want, false, false)))));
      running.forEach(
          container ->
              actions.add(
                  new ComposeOutput.Action(
                      "container", ComposeOutput.text(container, "Name"), "Stopping")));
    }
  }

  /** Whether the making of the other containers takes it away already. */
  private static boolean goes(String container, List<ComposeOutput.Action> actions) {
    return actions.contains(new ComposeOutput.Action("container", container, "Removing"));
  }

  private static boolean unready(Args want, ComposeFact.Answer now) {
    return want.waits()
        && now.containers().stream()
            .anyMatch(
                container -> {
                  String health = ComposeOutput.text(container, "Health");
                  return health.equals("starting") || health.equals("unhealthy");
                });
  }

  private static Script script(ComposeFact fact, List<String> command) {
    return fact.script(ComposeFact.RUN + "run \"$@\"\n", "", command);
  }

  /** What was not running goes away again; volumes, which hold data, stay. */
  private static Undo downAgain(Args want, ComposeFact fact, ComposeFact.Answer now) {
    return now.containers().isEmpty()
        ? new Undo.Run("remove the project", script(fact, ComposeCommands.remove(want)))
        : new Undo.Impossible("the containers' former configuration is not kept");
  }

  /** All but a restart change which containers there are and which of them run. */
  private static Step run(
      Args want, ComposeFact fact, String what, List<String> command, Undo undo) {
    return Step.change(
        what,
        script(fact, command),
        undo.and(DockerWatches.project(label(want), name(want), want.engine())));
  }

  private static String name(Args want) {
    return want.project().projectName().or(want.project()::projectSrc).orElse("");
  }

  private static String label(Args want) {
    return want.project()
        .projectName()
        .map(name -> "=" + name)
        .orElse(
            ".working_dir=" + want.project().projectSrc().orElse("").replaceFirst("(?<=.)/+$", ""));
  }

  private static boolean counts(Args want, List<ComposeOutput.Action> actions) {
    return actions.stream()
        .anyMatch(action -> !action.pull() && !(action.build() && want.ignoreBuildEvents()));
  }

  private static Verdict changes(
      Args want,
      ComposeFact fact,
      List<Step> steps,
      List<ComposeOutput.Action> actions,
      Result known) {
    StringBuilder shown = new StringBuilder();
    actions.forEach(
        action ->
            shown
                .append(action.what())
                .append(' ')
                .append(action.id())
                .append(": ")
                .append(action.status())
                .append('\n'));
    List<Diff> diffs = shown.isEmpty() ? List.of() : List.of(new Diff.Prepared(shown.toString()));
    List<Step> all = new ArrayList<>(steps);
    all.add(
        Step.read(
            "look at the project",
            fact.script(ComposeFact.RUN + ComposeFact.LOOK + "look \"$@\"\n", "", List.of())));
    Verdict.Changes simple = Verdict.changes(all, diffs, known.changed(counts(want, actions)));
    return new Verdict.Changes(
        simple.steps(),
        simple.diffs(),
        simple.predicted(),
        ends -> conclude(want, simple, ends),
        false);
  }

  private static Result conclude(Args want, Verdict.Changes simple, List<Outcome.Exited> ends) {
    Result end = simple.conclusion().of(ends);
    if (end.failed()) {
      return end.with("msg", "docker compose: " + errors(ends.getLast().err()));
    }
    List<ComposeOutput.Action> done = new ArrayList<>();
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    for (Outcome.Exited one : ends.subList(0, ends.size() - 1)) {
      done.addAll(ComposeOutput.actions(one.err()));
      out.append(one.out());
      err.append(one.err());
    }
    String[] parts = ends.getLast().out().split("(?m)^@@@@\n", -1);
    Result result =
        parts.length < 3
            ? end
            : result(ComposeOutput.containers(parts[1]), ComposeOutput.images(parts[2]), done);
    return result
        .changed(counts(want, done))
        .with("stdout", out.toString())
        .with("stderr", err.toString());
  }

  private static Result result(
      List<Value.Dict> containers, Value images, List<ComposeOutput.Action> actions) {
    return Result.ok()
        .with(
            "actions", new Value.Seq(actions.stream().map(ComposeOutput.Action::toValue).toList()))
        .with("containers", new Value.Seq(new ArrayList<>(containers)))
        .with("images", images);
  }

  /** What compose complained about: its last lines, without the marks of a pretended run. */
  private static String errors(String said) {
    List<String> lines =
        said.lines()
            .map(line -> line.replaceFirst("^\\s*DRY-RUN MODE -\\s*", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    List<String> wrong =
        lines.stream().filter(line -> line.contains("Error") || line.contains("error")).toList();
    if (!wrong.isEmpty()) {
      return String.join("\n", wrong);
    }
    return lines.isEmpty() ? "it says nothing" : lines.getLast();
  }

  private static void check(Args want) {
    want.project().check();
    want.scale()
        .forEach(
            (service, count) -> {
              if (count < 0) {
                throw new Refusal("scale of " + service + " is negative");
              }
            });
  }
}
