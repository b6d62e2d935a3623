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
import dev.hearth.shell.Outcome;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.docker.docker_prune}: removes what nothing uses. */
public final class DockerPrune implements Module<DockerPrune.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "Remove containers that do not run.", defaultsTo = "false") boolean containers,
      @Arg(
              doc =
                  "Which of them, by the engine's filters. Check mode looks at `label`, `dangling`"
                      + " and `all` only.")
          Map<String, Value> containersFilters,
      @Arg(doc = "Remove images that nothing uses.", defaultsTo = "false") boolean images,
      @Arg(doc = "Which of them; those without a name otherwise.") Map<String, Value> imagesFilters,
      @Arg(doc = "Remove networks that nothing uses.", defaultsTo = "false") boolean networks,
      @Arg(doc = "Which of them.") Map<String, Value> networksFilters,
      @Arg(doc = "Remove volumes that nothing uses.", defaultsTo = "false") boolean volumes,
      @Arg(doc = "Which of them; those without a name otherwise.")
          Map<String, Value> volumesFilters,
      @Arg(doc = "Remove what builds left.", defaultsTo = "false") boolean builderCache,
      @Arg(doc = "All of it.") Optional<Boolean> builderCacheAll,
      @Arg(doc = "Which of it.") Map<String, Value> builderCacheFilters,
      @Arg(doc = "Keep so much of it, such as `1G`.") Optional<String> builderCacheKeepStorage,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_prune",
        Args.class,
        "Removes containers, images, networks, volumes and build caches that nothing uses.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    Unused unused = new Unused(want.engine());
    List<Fact<?>> facts = new ArrayList<>();
    wanted(want).forEach((kind, filters) -> facts.addAll(unused.facts(kind, filters)));
    return facts;
  }

  /** Kinds of things with their filters, in the order in which they become unused. */
  private static Map<String, Map<String, Value>> wanted(Args want) {
    Map<String, Map<String, Value>> kinds = new LinkedHashMap<>();
    if (want.containers()) {
      kinds.put("containers", want.containersFilters());
    }
    if (want.images()) {
      kinds.put("images", want.imagesFilters());
    }
    if (want.networks()) {
      kinds.put("networks", want.networksFilters());
    }
    if (want.volumes()) {
      kinds.put("volumes", want.volumesFilters());
    }
    return kinds;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Unused unused = new Unused(want.engine());
    List<Step> steps = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    wanted(want)
        .forEach(
            (kind, filters) -> {
              kinds.add(kind);
              steps.add(step(kind, "/" + kind + "/prune?" + DockerHostInfo.filters(filters), want));
              List<String> names = unused.names(kind, filters, host);
              if (!names.isEmpty()) {
                before.put(
                    kind, Value.Seq.of(names.stream().map(Value::text).toArray(Value[]::new)));
                after.put(kind, Value.Seq.of());
              }
            });
    if (want.builderCache()) {
      String query =
          "/build/prune?"
              + DockerHostInfo.filters(want.builderCacheFilters())
              + want.builderCacheAll().map(all -> "&all=" + all).orElse("")
              + want.builderCacheKeepStorage()
                  .map(it -> "&keep-storage=" + Bytes.of(it))
                  .orElse("");
      kinds.add("builder_cache");
      steps.add(step("what builds left", query, want));
    }
    if (steps.isEmpty()) {
      return Verdict.satisfied(Result.ok());
    }
    List<Diff> diffs = before.isEmpty() ? List.of() : List.of(new Diff.Properties(before, after));
    return Verdict.changes(steps, diffs, Result.ok().changed(!before.isEmpty()))
        .telling((end, ends) -> told(end, kinds, ends));
  }

  private static Step step(String what, String path, Args want) {
    return EngineCall.post(path, want.engine())
        .step("remove unused " + what, new Undo.Impossible("what nothing used is gone"));
  }

  private static Result told(Result result, List<String> kinds, List<Outcome.Exited> ends) {
    Result all = result;
    boolean changed = false;
    for (int i = 0; i < kinds.size(); i++) {
      Optional<EngineObject> answer = EngineObject.of(EngineFact.body(ends.get(i).out()));
      String kind = kinds.get(i);
      List<Value> gone =
          answer
              .map(
                  it ->
                      it.items(
                          switch (kind) {
                            case "containers" -> "ContainersDeleted";
                            case "images" -> "ImagesDeleted";
                            case "networks" -> "NetworksDeleted";
                            case "volumes" -> "VolumesDeleted";
                            default -> "CachesDeleted";
                          }))
              .orElse(List.of());
      Value space = answer.map(it -> it.at("SpaceReclaimed")).orElse(Value.NULL);
      changed |= !gone.isEmpty() || space instanceof Value.Int bytes && bytes.value().signum() > 0;
      all =
          all.with(
              kind.equals("builder_cache") ? "builder_cache_caches_deleted" : kind,
              new Value.Seq(gone));
      if (!kind.equals("networks")) {
        all = all.with(kind + "_space_reclaimed", space);
      }
    }
    return all.changed(changed);
  }
}
