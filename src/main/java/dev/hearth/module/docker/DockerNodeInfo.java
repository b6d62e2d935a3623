package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;

/** {@code community.docker.docker_node_info}: nodes of a swarm. */
public final class DockerNodeInfo implements Module<DockerNodeInfo.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "Their names or ids; all otherwise.") List<String> name,
      @Arg(doc = "This host's own node.", defaultsTo = "false") boolean self,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_node_info", Args.class, "Tells about the nodes of a swarm.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(SwarmFacts.info(want.engine()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    EngineObject info = SwarmFacts.info(host, want.engine());
    SwarmFacts.mustManage(info);
    List<String> names = want.self() ? List.of(info.text("Swarm", "NodeID")) : want.name();
    List<Value> nodes = new ArrayList<>();
    if (names.isEmpty()) {
      SwarmFacts.list(host.get(EngineFact.of("/nodes", want.engine())))
          .forEach(node -> nodes.add(node.description()));
    }
    for (String name : names) {
      host.get(EngineFact.of("/nodes/" + EngineCall.part(name), want.engine()))
          .ifPresent(nodes::add);
    }
    return Verdict.satisfied(Result.ok().with("nodes", new Value.Seq(nodes)));
  }
}
