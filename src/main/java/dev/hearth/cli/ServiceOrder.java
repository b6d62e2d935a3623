package dev.hearth.cli;

import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.graph.Gate;
import dev.hearth.graph.Service;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.view.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Predicate;

/** Brings services up and down in the order of the graph, and waits at their gates. */
final class ServiceOrder {

  private static final String READY = "ready: ";

  private final Environment environment;
  private final Workbench bench;
  private final Services services;
  private final Predicate<Host> limit;
  private final ServicePlays plays;
  private Listener listener = (_, _, _) -> {};

  /** Instances that are not ready, with the reason. */
  private final Map<String, String> held = new TreeMap<>();

  /**
   * @param limit the hosts that are worked on
   */
  ServiceOrder(Environment environment, Workbench bench, Services services, Predicate<Host> limit) {
    this.environment = environment;
    this.bench = bench;
    this.services = services;
    this.limit = limit;
    this.plays = new ServicePlays(new HostPlays(bench));
  }

  /** Is told of instances. */
  interface Listener {

    /**
     * It is known whether one is ready.
     *
     * @param again how often its gates were asked again until then
     */
    void told(Services.Instance instance, boolean ready, int again);
  }

  /** Tells of each instance whether it is ready, when that is known. */
  ServiceOrder telling(Listener listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Brings services up, after all that they need; those that need each other not at all wait at
   * their gates at the same time.
   */
  ExitCode up(Collection<String> names) {
    List<List<Service>> layers = services.bootstrap().layers(names);
    List<Service> all = layers.stream().flatMap(List::stream).toList();
    for (List<Service> layer : layers) {
      List<Services.Instance> begun = new ArrayList<>();
      for (Service service : layer) {
        begun.addAll(begin(service));
        if (all.stream().anyMatch(other -> worksOn(other) && other.needsOne(service))) {
          begun.addAll(elsewhere(service));
        }
      }
      if (!bench.options().check()) {
        await(begun, instance -> instance.service().gates(), READY);
      }
    }
    return held.isEmpty() ? ExitCode.OK : ExitCode.HOSTS_FAILED;
  }

  private boolean worksOn(Service service) {
    return services.instances(service).stream().anyMatch(each -> limit.test(each.host()));
  }

  /** Instances on hosts that are not worked on: they are only waited for. */
  private List<Services.Instance> elsewhere(Service service) {
    return services.instances(service).stream().filter(each -> !limit.test(each.host())).toList();
  }

  /** Brings up those instances of a service whose needs are ready. */
  private List<Services.Instance> begin(Service service) {
    List<Services.Instance> ready = new ArrayList<>();
    for (Services.Instance instance : services.instances(service)) {
      if (!limit.test(instance.host())) {
        continue;
      }
      Optional<String> missing = missing(service);
      if (missing.isPresent()) {
        hold(instance, "needs " + missing.get());
      } else {
        ready.add(instance);
      }
    }
    if (!bench.options().check()) {
      await(ready, service.requires(), "what it requires is there: ");
      ready.removeIf(instance -> held.containsKey(instance.toString()));
    }
    if (ready.isEmpty() || service.up().isEmpty()) {
      return ready;
    }
    ExitCode exit = plays.run(service, true, ready);
    if (exit == ExitCode.OK) {
      return ready;
    }
    boolean gone = exit == ExitCode.UNREACHABLE;
    ready.forEach(
        instance ->
            hold(instance, gone ? "its host cannot be reached" : "it could not be started"));
    return List.of();
  }

  /** The first need that is not ready, as the edge of the graph. */
  private Optional<String> missing(Service service) {
    for (Service.Need need : service.needs()) {
      Service other = services.bootstrap().find(need.service()).orElseThrow();
      for (Services.Instance instance : services.instances(other)) {
        boolean meant =
            need.hosts().isEmpty()
                || bench
                    .inventory()
                    .select(HostPattern.parse(need.hosts().get(), need.at()), Optional.empty())
                    .hosts()
                    .contains(instance.host());
        String why = held.get(instance.toString());
        if (meant && why != null) {
          return Optional.of(instance + ", which is not ready: " + why);
        }
      }
    }
    return Optional.empty();
  }

  private void hold(Services.Instance instance, String why) {
    hold(instance, why, 0);
  }

  private void hold(Services.Instance instance, String why, int again) {
    held.put(instance.toString(), why);
    listener.told(instance, false, again);
    say("not ready: " + instance + ": " + why);
  }

  private void await(List<Services.Instance> instances, List<Gate> gates, String passed) {
    if (!gates.isEmpty()) {
      await(instances, _ -> gates, passed);
    }
  }

  private void await(
      List<Services.Instance> instances,
      Function<Services.Instance, List<Gate>> gates,
      String passed) {
    try (HostWays ways = new HostWays(bench)) {
      Map<Services.Instance, FutureTask<List<Services.Look>>> waiting = new LinkedHashMap<>();
      for (Services.Instance instance : instances) {
        try {
          ways.to(instance.host(), "");
        } catch (Unreachable gone) {
          hold(instance, gone.diagnostic().summary());
          continue;
        }
        FutureTask<List<Services.Look>> looks =
            new FutureTask<>(() -> services.look(instance, gates.apply(instance), ways, true));
        waiting.put(instance, looks);
        Thread.ofVirtual().name("gates of " + instance).start(looks);
      }
      waiting.forEach((instance, looks) -> tell(instance, looks, passed));
    }
  }

  private void tell(
      Services.Instance instance, FutureTask<List<Services.Look>> waiting, String passed) {
    try {
      List<Services.Look> looks = waiting.get();
      int again = looks.stream().mapToInt(Services.Look::again).sum();
      Optional<Services.Look> shut =
          looks.stream().filter(look -> !look.answer().passed()).findFirst();
      if (shut.isEmpty()) {
        say(passed + instance + gates(looks));
        if (passed.equals(READY)) {
          listener.told(instance, true, again);
        }
        return;
      }
      Services.Look look = shut.get();
      hold(
          instance,
          "the gate '"
              + look.kind()
              + "' did not pass within "
              + look.gate().deadline().toSeconds()
              + " s: "
              + look.answer().said(),
          again);
      look.hint().ifPresent(hint -> say("  known:  " + hint));
      look.log().lines().forEach(line -> say("  log:    " + line));
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case Unreachable gone -> hold(instance, gone.diagnostic().summary());
        case RuntimeException wrong -> throw wrong;
        case null, default -> throw new IllegalStateException(failure);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Diagnostic.error(ExitCode.INTERRUPTED, "stopped while waiting for " + instance)
          .failure();
    }
  }

  private static String gates(List<Services.Look> looks) {
    StringBuilder text = new StringBuilder();
    looks.forEach(
        look -> text.append("  ").append(look.kind()).append(": ").append(look.answer().said()));
    return text.toString();
  }

  /** Takes services down, after all that needs them. */
  ExitCode down(List<Service> order) {
    for (Service service : order) {
      List<Services.Instance> instances =
          services.instances(service).stream().filter(each -> limit.test(each.host())).toList();
      if (service.up().isPresent() && !instances.isEmpty()) {
        ExitCode exit = plays.run(service, false, instances);
        if (exit != ExitCode.OK) {
          say("not taken down: " + service.name() + "; what it needs is left running");
          return exit;
        }
      }
    }
    return ExitCode.OK;
  }

  /** Looks at all gates once. */
  ExitCode status(List<String> names) {
    boolean all = true;
    try (HostWays ways = new HostWays(bench)) {
      for (String name : names) {
        Service service = services.bootstrap().find(name).orElseThrow();
        for (Services.Instance instance : services.instances(service)) {
          if (limit.test(instance.host())) {
            all &= status(instance, ways);
          }
        }
      }
    }
    return all ? ExitCode.OK : ExitCode.HOSTS_FAILED;
  }

  private boolean status(Services.Instance instance, HostWays ways) {
    try {
      boolean all = true;
      List<Gate> gates = new ArrayList<>(instance.service().requires());
      gates.addAll(instance.service().gates());
      for (Services.Look look : services.look(instance, gates, ways, false)) {
        all &= look.answer().passed();
        say(
            "%-8s %-28s %-10s %s"
                .formatted(
                    look.answer().passed() ? "ok" : "NOT",
                    instance,
                    look.kind(),
                    look.answer().said()));
        look.hint().ifPresent(hint -> say("         known: " + hint));
      }
      return all;
    } catch (Unreachable gone) {
      say("%-8s %-28s %s".formatted("away", instance, gone.diagnostic().summary()));
      return instance.service().optional();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Diagnostic.error(ExitCode.INTERRUPTED, "stopped").failure();
    }
  }

  private void say(String line) {
    environment.out().println(bench.masker().mask(Printable.of(line)));
  }
}
