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
import java.util.stream.Stream;

/** {@code community.docker.docker_image_info}: what the engine knows about images. */
public final class DockerImageInfo implements Module<DockerImageInfo.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "Names or ids; all images otherwise.") List<String> name,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_image_info",
        Args.class,
        "Tells what the engine knows about images; those that are not there are left out.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.name().isEmpty()
        ? List.of(EngineFact.of("/images/json", want.engine()))
        : facts(want.name(), want);
  }

  private static List<Fact<?>> facts(List<String> names, Args want) {
    return names.stream().<Fact<?>>map(name -> fact(name, want)).toList();
  }

  private static EngineFact fact(String name, Args want) {
    return EngineFact.of("/images/" + EngineCall.part(name) + "/json", want.engine());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<String> names = want.name();
    if (names.isEmpty()) {
      names =
          host.get(EngineFact.of("/images/json", want.engine())).stream()
              .flatMap(
                  all -> all instanceof Value.Seq list ? list.items().stream() : Stream.empty())
              .map(each -> new EngineObject((Value.Dict) each).text("Id"))
              .toList();
      host.prefetch(facts(names, want));
    }
    List<Value> images = new ArrayList<>();
    names.forEach(name -> host.get(fact(name, want)).ifPresent(images::add));
    return Verdict.satisfied(Result.ok().with("images", new Value.Seq(images)));
  }
}
