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
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.docker.docker_node}: role, availability and labels of a swarm's node. */
public final class DockerNode implements Module<DockerNode.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The node's host name or id.") String hostname,
      @Arg(
              doc = "Whether it may take work.",
              choices = {"active", "drain", "pause"})
          Optional<String> availability,
      @Arg(
              doc = "Whether it manages the swarm.",
              choices = {"manager", "worker"})
          Optional<String> role,
      @Arg(doc = "Labels.") Map<String, Value> labels,
      @Arg(
              doc = "Whether other labels stay.",
              choices = {"merge", "replace"},
              defaultsTo = "merge")
          String labelsState,
      @Arg(doc = "Labels to take away.") List<String> labelsToRemove,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_node",
        Args.class,
        "Sets role, availability and labels of a swarm's node.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static EngineFact fact(Args want) {
    return EngineFact.of("/nodes/" + EngineCall.part(want.hostname()), want.engine());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    EngineObject now =
        EngineObject.of(host.get(fact(want)))
            .orElseThrow(
                () -> new Refusal("This node is not found in the swarm: " + want.hostname()));
    Map<String, Value> spec = new LinkedHashMap<>(now.entries("Spec"));
    want.availability().ifPresent(it -> spec.put("Availability", Value.text(it)));
    want.role().ifPresent(it -> spec.put("Role", Value.text(it)));
    Map<String, Value> labels = new LinkedHashMap<>();
    if (want.labelsState().equals("merge")) {
      labels.putAll(now.entries("Spec", "Labels"));
      want.labelsToRemove().forEach(labels::remove);
    }
    ContainerSettings.texts(want.labels())
        .entries()
        .forEach((key, value) -> labels.put(ContainerSettings.scalar(key), value));
    spec.put("Labels", Value.Dict.ofTexts(labels));
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    spec.forEach(
        (key, value) -> {
          if (!Setting.same(value, now.at("Spec", key))) {
            before.put(key, now.at("Spec", key));
            after.put(key, value);
          }
        });
    if (after.isEmpty()) {
      return Verdict.satisfied(Result.ok().with("node", now.description()));
    }
    String version = ContainerSettings.scalar(now.at("Version", "Index"));
    String path = "/nodes/" + EngineCall.part(now.text("ID")) + "/update?version=";
    Step update =
        EngineCall.post(path + version, want.engine())
            .sending(Value.Dict.ofTexts(spec))
            .step(
                "change the node " + want.hostname(),
                new Undo.Impossible(
                    "the engine takes a change only with the version that the node has by then"));
    return Verdict.changes(
            List.of(update, Step.read("look at the node", fact(want).probe())),
            List.of(new Diff.Properties(before, after)),
            Result.changedNow())
        .telling(
            (end, ends) ->
                end.with("node", EngineFact.body(ends.getLast().out()).orElse(Value.NULL)));
  }
}
