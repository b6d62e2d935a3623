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
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Networks of Docker. A network whose properties differ is made anew when no container is in it;
 * otherwise that needs {@code force}, because its containers would lose their network
 * (community.docker takes them off without asking).
 */
public final class DockerNetwork implements Module<DockerNetwork.Args> {

  private static final String DOCKER = "exec docker network \"$@\" >/dev/null\n";

  /** The arguments of {@code docker_network}. */
  public record Args(
      @Arg(
              doc = "The network's name.",
              aliases = {"network_name"})
          String name,
      @Arg(
              doc = "Whether there is such a network.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "The driver; `bridge` when a network is made.") Optional<String> driver,
      @Arg(doc = "Options of the driver.") Map<String, Value> driverOptions,
      @Arg(doc = "Whether it has no way out.") Optional<Boolean> internal,
      @Arg(doc = "Whether containers outside of a swarm's services may join.")
          Optional<Boolean> attachable,
      @Arg(doc = "Labels.") Map<String, Value> labels,
      @Arg(doc = "Whether it has IPv4; only newer engines know networks without.")
          Optional<Boolean> enableIpv4,
      @Arg(doc = "Whether it has IPv6.") Optional<Boolean> enableIpv6,
      @Arg(doc = "The driver that gives addresses.") Optional<String> ipamDriver,
      @Arg(doc = "Options of that driver.") Map<String, Value> ipamDriverOptions,
      @Arg(doc = "Subnets: mappings with `subnet`, `iprange`, `gateway` and `aux_addresses`.")
          List<Map<String, Value>> ipamConfig,
      @Arg(
              doc = "Where it reaches.",
              choices = {"global", "local", "swarm"})
          Optional<String> scope,
      @Arg(doc = "Whether it only holds properties for others.") Optional<Boolean> configOnly,
      @Arg(doc = "The network whose properties it takes.") Optional<String> configFrom,
      @Arg(doc = "Whether it is the swarm's routing mesh.") Optional<Boolean> ingress,
      @Arg(
              doc = "Containers in the network; refused, say it at the containers.",
              aliases = {"containers"})
          List<String> connected,
      @Arg(
              doc = "Keep other containers in it; means nothing without `connected`.",
              aliases = {"incremental"},
              defaultsTo = "false")
          boolean appends,
      @Arg(doc = "Make it anew even if containers are in it; they lose it.", defaultsTo = "false")
          boolean force,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_network", Args.class, "Makes and removes networks of Docker.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new NetworkFact(want.name(), want.engine()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!want.connected().isEmpty()) {
      throw new Refusal("connected is not supported; name the network at the containers instead");
    }
    Optional<NetworkInfo> now = host.get(new NetworkFact(want.name(), want.engine()));
    if (want.state().equals("absent")) {
      return now.isEmpty() ? Verdict.satisfied(Result.ok()) : remove(want, now.get());
    }
    if (now.isEmpty()) {
      Map<String, Value> nothing = Map.of("exists", Value.bool(false));
      return changes(want, create(want), nothing, Map.of("exists", Value.bool(true)));
    }
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    new NetworkDifferences(want, now.get()).tell(before, after);
    if (before.isEmpty() && !want.force()) {
      return Verdict.satisfied(Result.ok().with("network", now.get().description()));
    }
    List<String> inside = now.get().containers();
    if (!inside.isEmpty() && !want.force()) {
      throw new Refusal(
          "the network "
              + want.name()
              + " differs in "
              + String.join(", ", before.keySet())
              + " and cannot be made anew while containers are in it: "
              + String.join(", ", inside)
              + "; stop them first, or set force: true and they lose it");
    }
    List<Step> steps = new ArrayList<>(removal(want, now.get()));
    steps.addAll(create(want));
    if (before.isEmpty()) {
      before.put("made", Value.text("before"));
      after.put("made", Value.text("anew"));
    }
    return changes(want, steps, before, after);
  }

  private static Verdict remove(Args want, NetworkInfo now) {
    return Verdict.changes(
        removal(want, now),
        List.of(
            new Diff.Properties(
                Map.of("exists", Value.bool(true)), Map.of("exists", Value.bool(false)))),
        Result.changedNow());
  }

  private static List<Step> removal(Args want, NetworkInfo now) {
    List<Step> steps = new ArrayList<>();
    for (String container : now.containers()) {
      steps.add(
          Step.change(
              "take " + container + " off the network " + want.name(),
              docker(want, "disconnect", "--force", want.name(), container),
              new Undo.Run(
                  "put " + container + " on the network " + want.name(),
                  docker(want, "connect", want.name(), container))));
    }
    steps.add(
        Step.change(
            "remove the network " + want.name(),
            docker(want, "rm", "--", want.name()),
            new Undo.Impossible("the removed network's addresses are not kept")
                .and(DockerWatches.network(want.name(), want.engine()))));
    return steps;
  }

  private static Verdict changes(
      Args want, List<Step> steps, Map<String, Value> before, Map<String, Value> after) {
    List<Step> all = new ArrayList<>(steps);
    all.add(
        Step.read(
            "look at the network " + want.name(),
            Script.of("exec docker network inspect -- \"$1\"\n", want.name())
                .in(want.engine().environment())));
    return Verdict.changes(all, List.of(new Diff.Properties(before, after)), Result.changedNow())
        .telling(
            (end, ends) ->
                NetworkInfo.of(ends.getLast().out(), want.name())
                    .map(made -> end.with("network", made.description()))
                    .orElse(end));
  }

  private static List<Step> create(Args want) {
    List<String> words = new ArrayList<>(List.of("create"));
    want.driver().ifPresent(driver -> words.addAll(List.of("--driver", driver)));
    pairs(words, "--opt", want.driverOptions());
    flag(words, "--internal", want.internal());
    flag(words, "--attachable", want.attachable());
    if (!want.enableIpv4().orElse(true)) {
      words.add("--ipv4=false");
    }
    flag(words, "--ipv6", want.enableIpv6());
    flag(words, "--config-only", want.configOnly());
    flag(words, "--ingress", want.ingress());
    want.scope().ifPresent(scope -> words.addAll(List.of("--scope", scope)));
    want.configFrom().ifPresent(from -> words.addAll(List.of("--config-from", from)));
    want.ipamDriver().ifPresent(driver -> words.addAll(List.of("--ipam-driver", driver)));
    pairs(words, "--ipam-opt", want.ipamDriverOptions());
    for (Map<String, Value> pool : want.ipamConfig()) {
      NetworkDifferences.pool(pool)
          .forEach(
              (key, value) ->
                  words.addAll(
                      List.of(
                          switch (key) {
                            case "Subnet" -> "--subnet";
                            case "IPRange" -> "--ip-range";
                            default -> "--gateway";
                          },
                          value)));
      if (pool.get("aux_addresses") instanceof Value.Dict others) {
        Map<String, Value> addresses = new LinkedHashMap<>();
        others
            .entries()
            .forEach((name, address) -> addresses.put(NetworkDifferences.text(name), address));
        pairs(words, "--aux-address", addresses);
      }
    }
    pairs(words, "--label", want.labels());
    words.addAll(List.of("--", want.name()));
    return List.of(
        Step.change(
            "make the network " + want.name(),
            docker(want, words.toArray(String[]::new)),
            new Undo.Run("remove the network " + want.name(), docker(want, "rm", "--", want.name()))
                .and(DockerWatches.network(want.name(), want.engine()))));
  }

  private static Script docker(Args want, String... words) {
    return Script.of(DOCKER, words).in(want.engine().environment());
  }

  private static void flag(List<String> words, String option, Optional<Boolean> wanted) {
    if (wanted.orElse(false)) {
      words.add(option);
    }
  }

  private static void pairs(List<String> words, String option, Map<String, Value> entries) {
    entries.forEach(
        (key, value) -> {
          words.add(option);
          words.add(key + "=" + NetworkDifferences.text(value));
        });
  }
}
