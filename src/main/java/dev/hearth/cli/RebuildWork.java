package dev.hearth.cli;

import dev.hearth.connection.Connection;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.graph.Gate;
import dev.hearth.graph.Probe;
import dev.hearth.graph.Service;
import dev.hearth.graph.Waiting;
import dev.hearth.inventory.Host;
import dev.hearth.rebuild.BackupPlan;
import dev.hearth.rebuild.Report;
import dev.hearth.rebuild.Snapshot;
import dev.hearth.rebuild.TargetScripts;
import dev.hearth.receipt.Way;
import dev.hearth.run.RepeatCount;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The phases of a rebuild that change the host. What was there before is kept. */
final class RebuildWork {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Environment environment;
  private final Workbench bench;
  private final Host host;
  private final String suffix;
  private final Report report;
  private final Services services;

  /**
   * @param suffix of the names of what is kept
   */
  RebuildWork(
      Environment environment,
      Workbench bench,
      Services services,
      Host host,
      String suffix,
      Report report) {
    this.environment = environment;
    this.bench = bench;
    this.host = host;
    this.suffix = suffix;
    this.report = report;
    this.services = services;
  }

  /** The playbook is played on the host; its services are not started. */
  void provision(RunMixin run, Path playbook, List<String> skipped) {
    newMachine();
    run.add(List.of(), skipped);
    Map<String, Integer> repeats = new LinkedHashMap<>();
    ExitCode end =
        run.play(
            environment,
            List.of(playbook),
            List.of(host.name()),
            next -> new RepeatCount(next, repeats));
    repeats.forEach(report::repeated);
    require(end, "provision");
  }

  /** The receipt of a machine that is gone says nothing about a new one of its name. */
  private void newMachine() {
    boolean there = asked(Script.of("[ ! -s /var/lib/hearth/receipt ] || echo there\n")).isEmpty();
    if (there) {
      bench.store().setReceiptAside(host.name(), suffix).ifPresent(report::kept);
    }
  }

  /** Snapshots are restored beside what is there, then services stop, then paths are exchanged. */
  void restore(Map<BackupPlan.BackupSet, Snapshot> chosen) {
    List<Value> restoring = new ArrayList<>();
    List<Value> moving = new ArrayList<>();
    chosen.forEach(
        (set, snapshot) -> {
          restoring.add(
              task("Restore " + set.name(), TargetScripts.restore(snapshot.id(), fresh(set))));
          if (!set.paths().isEmpty()) {
            moving.add(
                task(
                    "Put the paths of " + set.name() + " in place",
                    TargetScripts.move(fresh(set), suffix, set.paths())));
          }
        });
    HostPlays plays = new HostPlays(bench);
    require(plays.run("Restore the snapshots", List.of(host.name()), true, restoring), "restore");
    report.check("restic has verified what it restored");
    report.kept(
        TargetScripts.FRESH + "/" + suffix + ", what was restored and not moved, with the dumps");
    stop();
    if (!moving.isEmpty()) {
      require(plays.run("Put it in place", List.of(host.name()), true, moving), "move");
    }
    for (BackupPlan.BackupSet set : chosen.keySet()) {
      asked(TargetScripts.kept(suffix, set.paths())).lines().forEach(report::kept);
    }
  }

  private String fresh(BackupPlan.BackupSet set) {
    return TargetScripts.FRESH + "/" + suffix + "/" + set.name();
  }

  /** What runs of the host's services ends, so that nobody writes while data is exchanged. */
  private void stop() {
    List<Service> running =
        services.bootstrap().dependents(services.on(List.of(host))).stream()
            .filter(this::canRun)
            .toList();
    require(
        new ServiceOrder(environment, bench, services, host::equals).down(running),
        "stop the services");
  }

  private boolean canRun(Service service) {
    Optional<Service.Up> up = service.up();
    if (up.isEmpty()
        || services.instances(service).stream().noneMatch(each -> each.host().equals(host))) {
      return false;
    }
    return switch (up.get().kind()) {
      case COMPOSE -> true;
      case UNIT ->
          bench.resolved(up.get().parameters(), host).get("unit") instanceof Value.Text unit
              && !asked(Script.of("systemctl is-active --quiet \"$1\" && echo yes\n", unit.value()))
                  .isEmpty();
      case ROLE -> false;
    };
  }

  /** Dumps become databases, each beside the old one until it is proven. */
  void databases(Map<BackupPlan.BackupSet, Snapshot> chosen) {
    for (BackupPlan.BackupSet set : chosen.keySet()) {
      for (BackupPlan.Database database : set.databases()) {
        start(set, database);
        awaitServer(database);
        String dump = fresh(set) + RebuildPreflight.dumps(set) + "/" + database.name() + ".sql";
        require(
            new HostPlays(bench)
                .run(
                    "Import " + database.name(),
                    List.of(host.name()),
                    true,
                    List.of(
                        task(
                            "Import beside the old one, count, and exchange the two",
                            TargetScripts.importing(database, suffix, dump)))),
            "import " + database.name());
        report.check("the tables of " + database.name() + " have the rows of the dump");
        asked(TargetScripts.kept(database, suffix)).lines().forEach(report::kept);
        newest(set, database);
      }
    }
  }

  /** What was written after the newest row is lost. */
  private void newest(BackupPlan.BackupSet set, BackupPlan.Database database) {
    if (database.newest().isEmpty()) {
      return;
    }
    asked(TargetScripts.newest(database))
        .lines()
        .filter(line -> line.matches("[0-9]+"))
        .map(Long::valueOf)
        .max(Comparator.naturalOrder())
        .ifPresentOrElse(
            seconds ->
                report.newestRow(set.name(), database.name(), Instant.ofEpochSecond(seconds)),
            () -> report.gap("the newest row of " + database.name() + " is not known"));
  }

  private void start(BackupPlan.BackupSet set, BackupPlan.Database database) {
    if (set.service().isEmpty() || database.composeService().isEmpty()) {
      return;
    }
    String name = set.service().get();
    Service service =
        services.bootstrap().find(services.named(List.of(name)).getFirst()).orElseThrow();
    if (service.up().filter(up -> up.kind() == Service.Up.Kind.COMPOSE).isEmpty()) {
      throw Diagnostic.error(set.at(), name + " is no Compose project")
          .next("leave 'compose_service' out")
          .failure();
    }
    require(
        new ServicePlays(new HostPlays(bench))
            .start(
                service,
                List.of(database.composeService().get()),
                new Services.Instance(service, host)),
        "start the database of " + name);
  }

  private void awaitServer(BackupPlan.Database database) {
    Location at = database.at();
    Gate gate =
        new Gate(
            Gate.Kind.COMMAND,
            Map.of(),
            Duration.ofSeconds(1),
            2,
            PATIENCE,
            Map.of(),
            Optional.empty(),
            at);
    Probe probe =
        new Probe(
            gate,
            Map.of(
                "command",
                new Value.Seq(
                    TargetScripts.answers(database).stream().<Value>map(Value::text).toList())),
            bench.masker()::mask);
    try (HostWays ways = new HostWays(bench)) {
      Way way = ways.to(host, "root");
      try (Connection own = way.connection().aside()) {
        Probe.Answer answer =
            Waiting.forGate(gate, probe, script -> own.run(script, way.become())).answer();
        if (!answer.passed()) {
          throw Diagnostic.error(
                  ExitCode.HOSTS_FAILED,
                  "the server of " + database.name() + " did not answer twice in a row")
              .because(answer.said())
              .next("look at its log on " + host.name())
              .failure();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Diagnostic.error(ExitCode.INTERRUPTED, "stopped while waiting for the database")
          .failure();
    }
  }

  /** The host's services come up in their order, deep gates last. */
  void services() {
    Map<String, Instant> ready = new LinkedHashMap<>();
    ExitCode exit =
        new ServiceOrder(environment, bench, services, host::equals)
            .telling(
                (instance, well, again) -> {
                  Instant now = Instant.now();
                  report.service(instance.toString(), now, well, again);
                  ready.put(instance.service().name(), now);
                })
            .up(services.on(List.of(host)));
    report.criticalPath(criticalPath(ready));
    require(exit, "services");
    report.check("all gates of the host's services pass");
  }

  /** The key of a drill's host opens the repository no longer. */
  void leave(Backups backups, boolean drill) {
    if (!drill) {
      return;
    }
    String key = asked(TargetScripts.key());
    try (HostWays ways = new HostWays(bench)) {
      Way way = ways.to(backups.repositoryHost(), "root");
      Outcome outcome = way.connection().run(TargetScripts.withdraw(key), way.become());
      if (!(outcome instanceof Outcome.Exited end && end.ok())) {
        throw Diagnostic.error(
                ExitCode.FAILED, "the drill's key still opens " + backups.repositoryHost().name())
            .because("its line could not be removed")
            .next("remove it from /etc/ssh/authorized_keys.d there: " + key)
            .failure();
      }
    }
    report.check("the drill's key opens the repository no longer");
  }

  /** From the service that was ready last back over what it waited for longest. */
  private List<String> criticalPath(Map<String, Instant> ready) {
    List<String> path = new ArrayList<>();
    Optional<String> next = last(List.copyOf(ready.keySet()), ready);
    while (next.isPresent()) {
      path.addFirst(next.get());
      List<String> needs =
          services.bootstrap().find(next.get()).orElseThrow().needs().stream()
              .map(Service.Need::service)
              .toList();
      next = last(needs, ready);
    }
    return path;
  }

  private static Optional<String> last(List<String> names, Map<String, Instant> ready) {
    return names.stream()
        .filter(ready::containsKey)
        .max(Comparator.comparing(name -> ready.getOrDefault(name, Instant.MIN)));
  }

  private static Value task(String name, TargetScripts.Command command) {
    return HostPlays.command(name, command.body(), command.words());
  }

  private String asked(Script script) {
    try (HostWays ways = new HostWays(bench)) {
      Way way = ways.to(host, "root");
      return way.connection().run(script, way.become()) instanceof Outcome.Exited end
          ? end.out().strip()
          : "";
    }
  }

  private static void require(ExitCode exit, String what) {
    if (exit != ExitCode.OK) {
      throw Diagnostic.error(exit, "the phase did not end well: " + what)
          .because("what failed is told above")
          .next("mend that and rebuild again; what was done and kept stays")
          .failure();
    }
  }
}
