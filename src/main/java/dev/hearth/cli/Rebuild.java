package dev.hearth.cli;

import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.inventory.Host;
import dev.hearth.rebuild.Report;
import dev.hearth.view.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A rebuild: its phases one after the other, the first that fails being the last, and a report. */
final class Rebuild {

  private static final String LEAVE = "leave";

  private final Environment environment;
  private final Workbench bench;
  private final RunMixin run;
  private final Path playbook;
  private final Map<String, String> snapshots;
  private final boolean drill;
  private final boolean withRepository;
  private final List<String> skipped;

  /** One phase. */
  private record Phase(String name, boolean changes, Runnable work) {}

  /**
   * @param withRepository whether also a host is rebuilt that has the repository on its disks
   * @param skipped tags that the playbook leaves out
   */
  Rebuild(
      Environment environment,
      Workbench bench,
      RunMixin run,
      Path playbook,
      Map<String, String> snapshots,
      boolean drill,
      boolean withRepository,
      List<String> skipped) {
    this.environment = environment;
    this.bench = bench;
    this.run = run;
    this.playbook = playbook;
    this.snapshots = Map.copyOf(snapshots);
    this.drill = drill;
    this.withRepository = withRepository;
    this.skipped = List.copyOf(skipped);
  }

  /**
   * Rebuilds a host.
   *
   * @param agreed is shown what will be done and asks; it throws when the answer is no
   */
  ExitCode of(String name, Consumer<String> agreed) {
    Instant begun = Instant.now();
    String suffix =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC).format(begun);
    Backups backups = Backups.of(bench, environment);
    List<Host> hosts = backups.hosts(List.of(name));
    if (hosts.size() != 1) {
      throw Diagnostic.error(ExitCode.INVALID, "one host is rebuilt at a time, not " + name)
          .next("name one host")
          .failure();
    }
    Host host = hosts.getFirst();
    if (!withRepository) {
      SnapshotGuard.requireElsewhere(backups, hosts, "rebuilt");
    }
    // What cannot come up is told now, and not when the data has been exchanged.
    Services services = Services.of(bench, environment);
    services.review(environment, Optional.of(playbook));
    Map<String, String> head = new LinkedHashMap<>();
    head.put("id", suffix);
    head.put("host", host.name());
    head.put("kind", drill ? "drill" : "rebuild");
    head.put("tool", Version.text());
    head.put("lab", LabRevision.of(environment.workingDirectory()));
    Report report = new Report(begun, head);
    RebuildReports reports = new RebuildReports(environment, bench.masker(), host.name());
    reports.earlier(report);
    RebuildPreflight preflight = new RebuildPreflight(bench, backups, host, snapshots, report);
    RebuildWork work = new RebuildWork(environment, bench, services, host, suffix, report);
    List<Phase> phases =
        List.of(
            new Phase("kit", false, preflight::kit),
            new Phase("preflight", false, preflight::snapshots),
            new Phase("space", false, preflight::space),
            new Phase("provision", true, () -> work.provision(run, playbook, skipped)),
            new Phase(Report.RESTORE, true, () -> work.restore(preflight.chosen())),
            new Phase("databases", true, () -> work.databases(preflight.chosen())),
            new Phase("services", true, work::services),
            new Phase(LEAVE, true, () -> work.leave(backups, drill)));
    boolean asked = false;
    for (Phase phase : phases) {
      Duration waiting = Duration.ZERO;
      Instant from = Instant.now();
      if (phase.changes() && !asked) {
        if (run.check()) {
          say("nothing is in the way of a rebuild of " + host.name() + "; nothing was changed");
          return ExitCode.OK;
        }
        agreed.accept(plan(host, preflight));
        asked = true;
        waiting = Duration.between(from, Instant.now());
      }
      Optional<HearthException> failure = tried(phase);
      report.phase(
          phase.name(),
          from,
          Instant.now(),
          waiting,
          failure.map(why -> why.diagnostics().getFirst().summary()));
      say((failure.isEmpty() ? "passed: " : "FAILED: ") + phase.name());
      if (failure.isPresent()) {
        if (asked && !phase.name().equals(LEAVE)) {
          withdrawn(work, backups, report);
        }
        told(report, backups);
        List<Diagnostic> why = new ArrayList<>(failure.get().diagnostics());
        reports.write(suffix, report).ifPresent(why::add);
        throw new HearthException(why);
      }
    }
    report.kept().forEach(kept -> say("kept: " + kept));
    told(report, backups);
    reports
        .write(suffix, report)
        .ifPresent(
            lost -> {
              throw lost.failure();
            });
    return ExitCode.OK;
  }

  private void told(Report report, Backups backups) {
    report.targets(backups.plan().targets()).forEach(target -> say("target: " + target));
  }

  /** A drill that failed leaves no key behind either. */
  private void withdrawn(RebuildWork work, Backups backups, Report report) {
    tried(new Phase(LEAVE, true, () -> work.leave(backups, drill)))
        .ifPresent(why -> report.gap(LEAVE + ": " + why.diagnostics().getFirst().summary()));
  }

  private static Optional<HearthException> tried(Phase phase) {
    try {
      phase.work().run();
      return Optional.empty();
    } catch (HearthException failure) {
      return Optional.of(failure);
    } catch (Unreachable gone) {
      return Optional.of(gone.diagnostic().failure());
    }
  }

  private static String plan(Host host, RebuildPreflight preflight) {
    StringBuilder plan =
        new StringBuilder(
            host.name() + " will be provisioned and restored from these snapshots:\n");
    preflight
        .chosen()
        .forEach(
            (set, snapshot) ->
                plan.append(
                    "  %s  %s  of %s\n".formatted(set.name(), snapshot.brief(), snapshot.time())));
    return plan + "What is there now is renamed and kept.";
  }

  private void say(String line) {
    environment.out().println(bench.masker().mask(Printable.of(line)));
  }
}
