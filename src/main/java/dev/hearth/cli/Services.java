package dev.hearth.cli;

import dev.hearth.connection.Connection;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Nearest;
import dev.hearth.graph.Bootstrap;
import dev.hearth.graph.BootstrapReader;
import dev.hearth.graph.Gate;
import dev.hearth.graph.Probe;
import dev.hearth.graph.Service;
import dev.hearth.graph.Waiting;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.receipt.Way;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The services of a lab on its hosts: which there are, and whether they are ready. */
final class Services {

  private static final int LOG_LINES = 20;

  private final Workbench bench;
  private final Bootstrap bootstrap;

  private Services(Workbench bench, Bootstrap bootstrap) {
    this.bench = bench;
    this.bootstrap = bootstrap;
  }

  /** One service on one host. */
  record Instance(Service service, Host host) {
    @Override
    public String toString() {
      return service.name() + "@" + host.name();
    }
  }

  /**
   * How a gate is.
   *
   * @param log the last lines of the service's log, when it failed
   * @param hint what a known text in the answer or the log means
   * @param again how often it was asked more than a gate is that is open from the beginning
   */
  record Look(Gate gate, Probe.Answer answer, String log, Optional<String> hint, int again) {

    /** The gate's kind as it is written. */
    String kind() {
      return gate.kind().name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a lab declares its services. */
  static Path file(Environment environment) {
    return environment.workingDirectory().resolve("bootstrap.yml");
  }

  /**
   * Reads and checks the declarations.
   *
   * @throws dev.hearth.diag.HearthException when there are none, or with everything that is wrong
   */
  static Services of(Workbench bench, Environment environment) {
    Path file = file(environment);
    if (!Files.isRegularFile(file)) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no " + file)
          .because("it declares the lab's services, their order and their gates")
          .next("write one as docs/design/bootstrap.md says, or run this in the lab's directory")
          .failure();
    }
    Services services = new Services(bench, BootstrapReader.read(bench.files().open(file)));
    // A pattern that chooses nothing is told before anything is done.
    services
        .bootstrap
        .services()
        .forEach(service -> services.instances(service).forEach(services::askable));
    new SharedValues(bench, services).check();
    return services;
  }

  /** Checks what Compose files say against the lab's own playbook. */
  void review(Environment environment) {
    Path own = environment.workingDirectory().resolve("playbooks/provision.yml");
    review(environment, Optional.of(own).filter(Files::isRegularFile));
  }

  /** The same against another playbook. */
  void review(Environment environment, Optional<Path> playbook) {
    new ComposeReview(bench, environment, this).check(playbook);
  }

  Bootstrap bootstrap() {
    return bootstrap;
  }

  /** A service of this name, or all when the name is empty. */
  List<String> named(List<String> names) {
    for (String name : names) {
      if (bootstrap.find(name).isEmpty()) {
        List<String> all = bootstrap.services().stream().map(Service::name).toList();
        throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no service '" + name + "'")
            .next(Nearest.hint(name, all, "services are " + String.join(", ", all)))
            .failure();
      }
    }
    return names.isEmpty() ? bootstrap.services().stream().map(Service::name).toList() : names;
  }

  /** The services that have an instance on one of these hosts. */
  List<String> on(List<Host> hosts) {
    return bootstrap.services().stream()
        .filter(
            service -> instances(service).stream().anyMatch(each -> hosts.contains(each.host())))
        .map(Service::name)
        .toList();
  }

  /** A service's instances. */
  List<Instance> instances(Service service) {
    return bench
        .inventory()
        .selectSome(HostPattern.parse(service.hosts(), service.hostsAt()), Optional.empty())
        .hosts()
        .stream()
        .map(host -> new Instance(service, host))
        .toList();
  }

  /** Parameters with their templates resolved for a host. */
  Map<String, Value> resolved(Map<String, Located> parameters, Host host) {
    return bench.resolved(parameters, host);
  }

  /** Refuses what cannot be asked, such as a gate with a secret in it, before anything is done. */
  private void askable(Instance instance) {
    List<Gate> gates = new ArrayList<>(instance.service().requires());
    gates.addAll(instance.service().gates());
    for (Gate gate : gates) {
      askers(instance, gate);
      var _ = probe(instance, gate).script();
    }
  }

  /**
   * Looks at gates of an instance.
   *
   * @param waits whether to wait for each until its deadline, and to stop at the first that fails
   * @throws Unreachable when the host cannot be reached
   */
  List<Look> look(Instance instance, List<Gate> gates, HostWays ways, boolean waits)
      throws InterruptedException {
    List<Look> looks = new ArrayList<>();
    for (Gate gate : gates) {
      for (Host asker : askers(instance, gate)) {
        Look look = look(instance, gate, asker, ways, waits);
        looks.add(look);
        if (waits && !look.answer().passed()) {
          return looks;
        }
      }
    }
    return looks;
  }

  private List<Host> askers(Instance instance, Gate gate) {
    return gate.from()
        .map(
            pattern ->
                bench
                    .inventory()
                    .selectSome(HostPattern.parse(pattern, gate.at()), Optional.empty())
                    .hosts())
        .orElse(List.of(instance.host()));
  }

  private Probe probe(Instance instance, Gate gate) {
    return new Probe(gate, resolved(gate.parameters(), instance.host()), bench.masker()::mask);
  }

  private Look look(Instance instance, Gate gate, Host asker, HostWays ways, boolean waits)
      throws InterruptedException {
    Way used = ways.to(asker, instance.service().become() ? "root" : "");
    try (Connection own = used.connection().aside()) {
      Probe probe = probe(instance, gate);
      Waiting.End end =
          waits
              ? Waiting.forGate(gate, probe, script -> own.run(script, used.become()))
              : new Waiting.End(probe.judge(own.run(probe.script(), used.become())), 1);
      Probe.Answer answer = end.answer();
      boolean here = asker.equals(instance.host());
      String log = answer.passed() || !here ? "" : log(instance, gate, own, used);
      String from = here ? "" : " (asked from " + asker.name() + ")";
      return new Look(
          gate,
          new Probe.Answer(answer.passed(), answer.said() + from, answer.same()),
          log,
          hint(gate, answer.said() + "\n" + log),
          Math.max(0, end.looks() - gate.passes()));
    }
  }

  private static Optional<String> hint(Gate gate, String said) {
    return gate.hints().entrySet().stream()
        .filter(hint -> said.contains(hint.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private String log(Instance instance, Gate gate, Connection host, Way way) {
    String lines = Integer.toString(LOG_LINES);
    Optional<Script> script =
        gate.kind() == Gate.Kind.CONTAINER
            ? Optional.of(
                Script.of(
                    "exec docker logs --tail \"$1\" -- \"$2\" 2>&1\n",
                    lines,
                    text(resolved(gate.parameters(), instance.host()).get("name"))))
            : instance.service().up().flatMap(up -> log(up, instance.host(), lines));
    return script
        .map(read -> host.run(read, way.become()))
        .filter(Outcome.Exited.class::isInstance)
        .map(end -> ((Outcome.Exited) end).out().strip())
        .orElse("");
  }

  private Optional<Script> log(Service.Up up, Host host, String lines) {
    Map<String, Value> given = resolved(up.parameters(), host);
    return switch (up.kind()) {
      case COMPOSE ->
          Optional.of(
              Script.of(
                  "exec docker compose --ansi never --project-directory \"$2\" logs --no-color"
                      + " --tail \"$1\" 2>&1\n",
                  lines,
                  text(given.get("compose"))));
      case UNIT ->
          Optional.of(
              Script.of(
                  "exec journalctl --no-pager -n \"$1\" -u \"$2\" 2>&1\n",
                  lines,
                  text(given.get("unit"))));
      case ROLE -> Optional.empty();
    };
  }

  private static String text(@Nullable Value value) {
    return value instanceof Value.Text text ? text.value() : "";
  }
}
