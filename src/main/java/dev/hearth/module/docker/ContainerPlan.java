package dev.hearth.module.docker;

import dev.hearth.module.Refusal;
import dev.hearth.module.docker.Setting.Comparison;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what has to be done with a container.
 *
 * <p>With {@code pull: always} nobody knows before whether the registry has something newer: then
 * the steps that make the container anew ask, after the pull, whether the image is still the same,
 * and do nothing if it is.
 */
final class ContainerPlan {

  private final DockerContainer.Args want;
  private final Optional<EngineObject> now;
  private final Optional<EngineObject> image;
  private final List<Setting> settings;
  private final ContainerSteps its;
  private final ContainerNetworks networks;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Value> before = new LinkedHashMap<>();
  private final Map<String, Value> after = new LinkedHashMap<>();

  ContainerPlan(
      DockerContainer.Args want,
      Optional<EngineObject> now,
      Optional<EngineObject> image,
      List<Setting> settings) {
    this.want = want;
    this.now = now;
    this.image = image;
    this.settings = settings;
    its = new ContainerSteps(want);
    networks = new ContainerNetworks(want.networking(), want.name(), want.engine());
  }

  Verdict remove() {
    if (now.isEmpty()) {
      return Verdict.satisfied(Result.ok());
    }
    boolean running = now.get().flag("State", "Running");
    if (running) {
      tell("running", Value.bool(true), Value.bool(false));
      steps.add(its.stop(Optional.empty()));
    }
    tell("exists", Value.bool(true), Value.bool(false));
    steps.add(its.delete(now.get(), Optional.empty()));
    return Verdict.changes(steps, diffs(), Result.changedNow());
  }

  Verdict keep() {
    boolean always = DockerContainer.pull(want).equals("always") && want.image().isPresent();
    boolean pulls = want.image().isPresent() && (image.isEmpty() || always);
    Optional<String> anew = now.isEmpty() ? Optional.empty() : Optional.of(difference());
    if (now.isEmpty() && want.image().isEmpty()) {
      throw new Refusal("Cannot create container when image is not specified!");
    }
    if (pulls) {
      if (image.isEmpty()) {
        tell("pulled", Value.bool(false), Value.bool(true));
      }
      steps.add(its.pull(image.isPresent()));
    }
    boolean guarded = false;
    if (now.isEmpty()) {
      tell("exists", Value.bool(false), Value.bool(true));
      create(Optional.empty());
    } else if (anew.filter(why -> !why.isEmpty()).isPresent()) {
      replace(now.get(), Optional.empty());
    } else {
      boolean imageCounts = comparison("image", Comparison.STRICT) == Comparison.STRICT;
      if (pulls && imageCounts) {
        guarded = true;
        replace(
            now.get(),
            Optional.of(
                new EngineCall.Unless(
                    want.image().orElseThrow(), image.map(it -> it.text("Id")).orElse(""))));
      }
      update(now.get());
    }
    run(now.isEmpty() || anew.filter(why -> !why.isEmpty()).isPresent(), guarded);
    boolean known = !before.isEmpty() || !after.isEmpty();
    boolean claimed = pulls && (image.isEmpty() || want.pullCheckModeBehavior().equals("always"));
    if (steps.isEmpty()) {
      return Verdict.satisfied(Result.ok().with("container", now.orElseThrow().description()));
    }
    steps.add(
        Step.read(
            "look at " + want.name(),
            EngineCall.get(its.path() + "/json", want.engine()).script()));
    return Verdict.changes(steps, diffs(), Result.ok().changed(known || claimed))
        .telling((end, ends) -> concluded(end.changed(known), ends));
  }

  /** Why it has to be made anew; empty when it may stay. What differs goes into the diff. */
  private String difference() {
    EngineObject container = now.orElseThrow();
    boolean anew = want.recreate();
    for (Setting setting : settings) {
      boolean differs = !setting.matches(comparison(setting.name(), usual(setting)));
      if (differs) {
        setting.tell(before, after);
        anew |= !setting.live();
      }
    }
    if (comparison("image", Comparison.STRICT) == Comparison.STRICT && want.image().isPresent()) {
      String id = image.map(it -> it.text("Id")).orElse("");
      if (!id.equals(container.text("Image"))) {
        tell(
            "image",
            Value.text(container.text("Image")),
            Value.text(id.isEmpty() ? want.image().get() : id));
        anew = true;
      } else if (want.imageNameMismatch().equals("recreate")
          && !container.text("Config", "Image").equals(want.image().get())) {
        tell(
            "image_name",
            Value.text(container.text("Config", "Image")),
            Value.text(want.image().get()));
        anew = true;
      }
    }
    if (want.recreate() && after.isEmpty()) {
      tell("recreate", Value.bool(false), Value.bool(true));
    }
    return anew ? "anew" : "";
  }

  private static Comparison usual(Setting setting) {
    return setting.name().equals("stop_timeout") ? Comparison.IGNORE : setting.usual();
  }

  private Comparison comparison(String name, Comparison usual) {
    if (name.equals("image") && want.ignoreImage()) {
      return Comparison.IGNORE;
    }
    String own = want.comparisons().getOrDefault(name, want.comparisons().getOrDefault("*", ""));
    try {
      return own.isEmpty() ? usual : Comparison.valueOf(own.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new Refusal("Unknown comparison mode '" + own + "'!");
    }
  }

  private void replace(EngineObject container, Optional<EngineCall.Unless> unless) {
    if (container.flag("State", "Running")) {
      steps.add(its.stop(unless));
    }
    steps.add(its.delete(container, unless));
    create(unless);
  }

  private void create(Optional<EngineCall.Unless> unless) {
    Map<String, Value> body = new LinkedHashMap<>();
    Map<String, Value> hostConfig = new LinkedHashMap<>();
    body.put(
        "Image",
        Value.text(want.image().or(() -> now.map(it -> it.text("Config", "Image"))).orElse("")));
    body.putAll(want.process().attachment(want.detach().orElse(false)));
    for (Setting setting : settings) {
      if (setting.key().size() == 1) {
        body.put(setting.key().getFirst(), setting.sent());
      } else {
        hostConfig.put(setting.key().getLast(), setting.sent());
      }
    }
    body.put("HostConfig", Value.Dict.ofTexts(hostConfig));
    Map<String, Value> endpoints = networks.first();
    if (!endpoints.isEmpty()) {
      body.put(
          "NetworkingConfig",
          Value.Dict.ofTexts(Map.of("EndpointsConfig", Value.Dict.ofTexts(endpoints))));
    }
    String query =
        "?name="
            + EngineCall.part(want.name())
            + want.platform().map(it -> "&platform=" + EngineCall.part(it)).orElse("");
    steps.add(
        EngineCall.post("/containers/create" + query, want.engine())
            .sending(Value.Dict.ofTexts(body))
            .unless(unless)
            .step(
                "make the container " + want.name(),
                its.left(
                    EngineCall.delete(its.path() + "?force=true", want.engine())
                        .undo("remove the container " + want.name()))));
    steps.addAll(networks.others(unless));
  }

  private void update(EngineObject container) {
    Map<String, Value> limits = new LinkedHashMap<>();
    Map<String, Value> old = new LinkedHashMap<>();
    for (Setting setting : settings) {
      if (setting.live() && after.containsKey(setting.name())) {
        limits.put(setting.key().getLast(), setting.sent());
        old.put(setting.key().getLast(), setting.actual());
      }
    }
    if (limits.containsKey("Memory") && !limits.containsKey("MemorySwap")) {
      swapAsWell(container, limits, old);
    }
    if (!limits.isEmpty()) {
      EngineCall call = EngineCall.post(its.path() + "/update", want.engine());
      steps.add(
          call.sending(Value.Dict.ofTexts(limits))
              .step(
                  "change the limits of " + want.name(),
                  call.sending(Value.Dict.ofTexts(old))
                      .undo("put back the limits of " + want.name())));
    }
    boolean strict =
        comparison(
                "networks",
                want.networking().purgeNetworks()
                    ? Comparison.STRICT
                    : Comparison.ALLOW_MORE_PRESENT)
            == Comparison.STRICT;
    steps.addAll(
        networks.differences(
            container, strict && !want.networking().networks().isEmpty(), before, after));
  }

  /**
   * With memory alone the engine lets a container swap as much again, but only when it makes it: a
   * change of the memory has to say so.
   */
  private static void swapAsWell(
      EngineObject container, Map<String, Value> limits, Map<String, Value> old) {
    Value now = container.at("HostConfig", "MemorySwap");
    long swap = number(now);
    if (swap == 0 || swap == 2 * number(container.at("HostConfig", "Memory"))) {
      limits.put("MemorySwap", Value.number(2 * number(limits.getOrDefault("Memory", Value.NULL))));
      old.put("MemorySwap", now);
    }
  }

  private static long number(Value value) {
    return value instanceof Value.Int number ? number.value().longValueExact() : 0;
  }

  /** Whether it runs. */
  private void run(boolean made, boolean guarded) {
    boolean ran = now.filter(it -> it.flag("State", "Running")).isPresent();
    boolean runs = !made && ran;
    boolean wanted = List.of("started", "healthy").contains(want.state());
    if (wanted && !runs) {
      if (!ran) {
        tell("running", Value.bool(false), Value.bool(true));
      }
      if (want.detach().orElse(true)) {
        steps.add(its.start());
      } else {
        steps.add(its.runToEnd());
        if (want.cleanup()) {
          steps.add(its.cleanUp());
        }
      }
    } else if (wanted && want.restart()) {
      tell("restarted", Value.bool(false), Value.bool(true));
      steps.add(its.restart());
    } else if (wanted && guarded) {
      // A container that was made anew because its image is newer has to be started again.
      steps.add(its.startAgain());
    } else if (want.state().equals("stopped") && runs) {
      tell("running", Value.bool(true), Value.bool(false));
      steps.add(its.stop(Optional.empty()));
    }
    boolean paused = !made && now.filter(it -> it.flag("State", "Paused")).isPresent();
    if (wanted && want.paused().isPresent() && want.paused().get() != paused) {
      tell("paused", Value.bool(paused), Value.bool(!paused));
      steps.add(paused ? its.unpause() : its.pause());
    }
    boolean healthy = runs && List.of("", "healthy").contains(health());
    if (want.state().equals("healthy") && !(healthy && steps.isEmpty())) {
      steps.add(its.awaitHealth());
    }
  }

  private String health() {
    return now.map(it -> it.text("State", "Health", "Status")).orElse("");
  }

  private void tell(String name, Value old, Value next) {
    before.put(name, old);
    after.put(name, next);
  }

  private List<Diff> diffs() {
    return before.isEmpty() && after.isEmpty()
        ? List.of()
        : List.of(new Diff.Properties(before, after));
  }

  private Result concluded(Result planned, List<Outcome.Exited> ends) {
    boolean newer =
        ends.stream().anyMatch(end -> end.out().contains("Status: Downloaded newer image"));
    Result result = planned.changed(planned.changed() || newer);
    Optional<Value> description = EngineFact.body(ends.getLast().out());
    if (description.isPresent()) {
      result = result.with("container", description.get());
    }
    for (Outcome.Exited end : ends) {
      int mark = end.out().lastIndexOf("@@@@");
      if (mark >= 0) {
        String output = end.out().substring(0, mark);
        int status = Integer.parseInt(end.out().substring(mark + 4).strip());
        Map<Value, Value> told =
            new LinkedHashMap<>(
                description.orElse(Value.Dict.EMPTY) instanceof Value.Dict dict
                    ? dict.entries()
                    : Map.of());
        told.put(Value.text("Output"), Value.text(output));
        result = result.with("container", new Value.Dict(told)).with("status", status);
        if (status != 0) {
          result = result.failed(true).with("msg", output);
        }
      }
    }
    return result;
  }
}
