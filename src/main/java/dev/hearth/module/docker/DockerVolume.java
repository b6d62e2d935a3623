package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code community.docker.docker_volume}: a volume. One that differs is made anew only when the
 * task says so, because what is in it is lost.
 */
public final class DockerVolume implements Module<DockerVolume.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The volume's name.",
              aliases = {"name"})
          String volumeName,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "What keeps it.", defaultsTo = "local") String driver,
      @Arg(doc = "Options of the driver.") Map<String, Value> driverOptions,
      @Arg(doc = "Labels.") Map<String, Value> labels,
      @Arg(
              doc = "When a volume that is there is made anew; what is in it is lost.",
              choices = {"always", "never", "options-changed"},
              defaultsTo = "never")
          String recreate,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_volume", Args.class, "Makes and removes volumes of Docker.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static EngineFact fact(Args want) {
    return EngineFact.of("/volumes/" + EngineCall.part(want.volumeName()), want.engine());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Optional<EngineObject> now = EngineObject.of(host.get(fact(want)));
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    if (want.state().equals("absent")) {
      if (now.isEmpty()) {
        return Verdict.satisfied(Result.ok().with("volume", Value.Dict.EMPTY));
      }
      before.put("exists", Value.bool(true));
      after.put("exists", Value.bool(false));
      steps.add(delete(want));
      return Verdict.changes(
          steps,
          List.of(new Diff.Properties(before, after)),
          Result.changedNow().with("volume", Value.Dict.EMPTY));
    }
    if (now.isPresent()) {
      differences(want, now.get()).stream()
          .filter(each -> !each.matches(each.usual()))
          .forEach(each -> each.tell(before, after));
      boolean anew =
          want.recreate().equals("always")
              || want.recreate().equals("options-changed") && !before.isEmpty();
      if (!anew) {
        return Verdict.satisfied(Result.ok().with("volume", now.get().description()));
      }
      steps.add(delete(want));
    } else {
      before.put("exists", Value.bool(false));
      after.put("exists", Value.bool(true));
    }
    steps.add(create(want));
    steps.add(Step.read("look at the volume " + want.volumeName(), fact(want).probe()));
    return Verdict.changes(steps, List.of(new Diff.Properties(before, after)), Result.changedNow())
        .telling(
            (end, ends) ->
                end.with("volume", EngineFact.body(ends.getLast().out()).orElse(Value.NULL)));
  }

  private static List<Setting> differences(Args want, EngineObject now) {
    Value options = ContainerSettings.texts(want.driverOptions());
    Value labels = ContainerSettings.texts(want.labels());
    Value driver = Value.text(want.driver());
    return List.of(
        new Setting(
            "driver", Setting.Kind.VALUE, List.of(), driver, driver, now.at("Driver"), false),
        new Setting(
            "driver_options",
            Setting.Kind.DICT,
            List.of(),
            options,
            options,
            now.at("Options"),
            false),
        new Setting(
            "labels", Setting.Kind.DICT, List.of(), labels, labels, now.at("Labels"), false));
  }

  private static Step create(Args want) {
    Map<String, Value> body = new LinkedHashMap<>();
    body.put("Name", Value.text(want.volumeName()));
    body.put("Driver", Value.text(want.driver()));
    body.put("DriverOpts", ContainerSettings.texts(want.driverOptions()));
    body.put("Labels", ContainerSettings.texts(want.labels()));
    return EngineCall.post("/volumes/create", want.engine())
        .sending(Value.Dict.ofTexts(body))
        .step(
            "make the volume " + want.volumeName(),
            removal(want)
                .undo("remove the volume " + want.volumeName())
                .and(DockerWatches.volume(want.volumeName(), want.engine())));
  }

  private static EngineCall removal(Args want) {
    return EngineCall.delete("/volumes/" + EngineCall.part(want.volumeName()), want.engine());
  }

  private static Step delete(Args want) {
    return removal(want)
        .step(
            "remove the volume " + want.volumeName(),
            new Undo.Impossible("what was in the volume is gone")
                .and(DockerWatches.volume(want.volumeName(), want.engine())));
  }
}
