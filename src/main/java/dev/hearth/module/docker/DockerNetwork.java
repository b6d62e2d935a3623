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
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Networks of Docker. A network whose properties differ is made anew; the containers that are in it
 * are taken out before and put back afterwards with their names there, and with their addresses
 * when the task names the same subnets.
 */
public final class DockerNetwork implements Module<DockerNetwork.Args> {

  private static final String DOCKER = "docker network \"$@\" >/dev/null\n";

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
              doc = "Containers in the network; all that are in it stay when none is named.",
              aliases = {"containers"})
          List<String> connected,
      @Arg(
              doc = "Keep containers in it that `connected` does not name.",
              aliases = {"incremental"},
              defaultsTo = "false")
          boolean appends,
      @Arg(doc = "Make it anew in any case.", defaultsTo = "false") boolean force,
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
    Optional<NetworkInfo> now = host.get(new NetworkFact(want.name(), want.engine()));
    if (want.state().equals("absent")) {
      return now.isEmpty() ? Verdict.satisfied(Result.ok()) : remove(want, now.get(), host);
    }
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    List<String> connected =
        want.connected().stream()
            .filter(it -> member(want, it).described(host).isPresent())
            .toList();
    if (now.isEmpty()) {
      before.put("exists", Value.bool(false));
      after.put("exists", Value.bool(true));
      steps.add(create(want));
      connected.forEach(it -> steps.add(member(want, it).connect(Map.of(), Optional.empty())));
      tell(connected, true, before, after);
      return changes(want, steps, before, after);
    }
    new NetworkDifferences(want, now.get()).tell(before, after);
    boolean anew = want.force() || !before.isEmpty();
    if (anew && before.isEmpty()) {
      before.put("made", Value.text("before"));
      after.put("made", Value.text("anew"));
    }
    List<String> inside = anew || !want.connected().isEmpty() ? inside(want, host) : List.of();
    Set<String> wanted = new LinkedHashSet<>(connected);
    if (want.connected().isEmpty() || want.appends()) {
      wanted.addAll(inside);
    }
    boolean moved =
        want.ipamConfig().isEmpty()
            || after.keySet().stream().anyMatch(key -> key.startsWith("ipam"));
    if (anew) {
      inside.forEach(it -> member(want, it).outlives(now.get(), host));
    }
    for (String container : inside) {
      if (anew || !wanted.contains(container)) {
        NetworkMember member = member(want, container);
        steps.add(member.disconnect(member.endpoint(host)));
      }
    }
    if (anew) {
      steps.add(removal(want, now.get()));
      steps.add(create(want));
    }
    for (String container : wanted) {
      if (anew || !inside.contains(container)) {
        NetworkMember member = member(want, container);
        Map<String, Value> endpoint = NetworkMember.again(member.endpoint(host));
        if (moved) {
          endpoint.remove("IPAMConfig");
        }
        steps.add(member.connect(endpoint, Optional.empty()));
      }
    }
    tell(inside.stream().filter(it -> !wanted.contains(it)).toList(), false, before, after);
    tell(wanted.stream().filter(it -> !inside.contains(it)).toList(), true, before, after);
    return steps.isEmpty()
        ? Verdict.satisfied(Result.ok().with("network", now.get().description()))
        : changes(want, steps, before, after);
  }

  private static NetworkMember member(Args want, String container) {
    return new NetworkMember(want.name(), container, want.engine());
  }

  /** Names of all containers in it, also of those that do not run. */
  private static List<String> inside(Args want, Facts host) {
    String filter = EngineCall.filters(Map.of("network", List.of(want.name())));
    EngineFact fact = EngineFact.of("/containers/json?all=true&" + filter, want.engine());
    return SwarmFacts.list(host.get(fact)).stream()
        .flatMap(container -> container.items("Names").stream().limit(1))
        .map(name -> ContainerSettings.scalar(name).substring(1))
        .sorted()
        .toList();
  }

  private static void tell(
      List<String> containers, boolean comes, Map<String, Value> before, Map<String, Value> after) {
    for (String container : containers) {
      before.put("connected." + container, Value.bool(!comes));
      after.put("connected." + container, Value.bool(comes));
    }
  }

  private static Verdict remove(Args want, NetworkInfo now, Facts host) {
    List<Step> steps = new ArrayList<>();
    for (String container : now.containers()) {
      NetworkMember member = member(want, container);
      steps.add(member.disconnect(member.endpoint(host)));
    }
    steps.add(removal(want, now));
    return Verdict.changes(
        steps,
        List.of(
            new Diff.Properties(
                Map.of("exists", Value.bool(true)), Map.of("exists", Value.bool(false)))),
        Result.changedNow());
  }

  /** It can be made again with the properties that it had, its subnets among them. */
  private static Step removal(Args want, NetworkInfo now) {
    return Step.change(
        "remove the network " + want.name(),
        docker(want, "rm", "--", want.name()),
        EngineCall.post("/networks/create", want.engine())
            .sending(now.again())
            .undo("make the network " + want.name() + " as it was")
            .and(DockerWatches.network(want.name(), want.engine())));
  }

  private static Verdict changes(
      Args want, List<Step> steps, Map<String, Value> before, Map<String, Value> after) {
    List<Step> all = new ArrayList<>(steps);
    all.add(
        Step.read(
            "look at the network " + want.name(),
            want.engine().script("docker network inspect -- \"$1\"\n", want.name())));
    return Verdict.changes(all, List.of(new Diff.Properties(before, after)), Result.changedNow())
        .telling(
            (end, ends) ->
                NetworkInfo.of(ends.getLast().out(), want.name())
                    .map(made -> end.with("network", made.description()))
                    .orElse(end));
  }

  private static Step create(Args want) {
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
    return Step.change(
        "make the network " + want.name(),
        docker(want, words.toArray(String[]::new)),
        new Undo.Run("remove the network " + want.name(), docker(want, "rm", "--", want.name()))
            .and(DockerWatches.network(want.name(), want.engine())));
  }

  private static Script docker(Args want, String... words) {
    return want.engine().script(DOCKER, words);
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
