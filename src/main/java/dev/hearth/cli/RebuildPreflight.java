package dev.hearth.cli;

import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.Host;
import dev.hearth.rebuild.BackupPlan;
import dev.hearth.rebuild.Choice;
import dev.hearth.rebuild.Dump;
import dev.hearth.rebuild.Report;
import dev.hearth.rebuild.Restic;
import dev.hearth.rebuild.Snapshot;
import dev.hearth.rebuild.TargetScripts;
import dev.hearth.receipt.Way;
import dev.hearth.shell.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What must hold before a rebuild may begin; nothing here changes anything anywhere. */
final class RebuildPreflight {

  private static final int HEADROOM = 2;

  private final Workbench bench;
  private final Backups backups;
  private final Host host;
  private final Map<String, String> wishes;
  private final Report report;
  private final Map<BackupPlan.BackupSet, Snapshot> chosen = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param wishes ids of snapshots by the names of sets
   */
  RebuildPreflight(
      Workbench bench, Backups backups, Host host, Map<String, String> wishes, Report report) {
    this.bench = bench;
    this.backups = backups;
    this.host = host;
    this.wishes = Map.copyOf(wishes);
    this.report = report;
  }

  /** The snapshot of each set, once they were chosen. */
  Map<BackupPlan.BackupSet, Snapshot> chosen() {
    return chosen;
  }

  /** What must live outside the blast radius is there. */
  void kit() {
    List<String> there = new ArrayList<>();
    List<String> missing = backups.missing(host, there);
    if (!missing.isEmpty()) {
      throw Diagnostic.error(
              ExitCode.FAILED, "the recovery kit is not whole: " + String.join("; ", missing))
          .next("bring back what is missing; hearth recovery-kit lists it all")
          .failure();
    }
    report.check("the recovery kit is whole: " + there.size() + " things");
  }

  /** The repository opens, and of each set there is a snapshot that holds what it should. */
  void snapshots() {
    for (String wish : wishes.keySet()) {
      if (backups.plan().sets().stream().noneMatch(set -> set.name().equals(wish))) {
        throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no set '" + wish + "' in backup.yml")
            .next("correct --snapshot SET=ID")
            .failure();
      }
    }
    try (HostWays ways = new HostWays(bench)) {
      Restic restic = backups.restic(host, ways);
      restic.open();
      report.check("the repository opens with the password");
      List<Snapshot> all = restic.snapshots();
      for (BackupPlan.BackupSet set : backups.plan().sets()) {
        Choice.Wanted wanted =
            new Choice.Wanted(
                set.name(),
                host.name(),
                Stream.concat(set.paths().stream(), Stream.of(dumps(set))).toList(),
                set.at());
        Choice choice =
            Choice.of(
                all,
                wanted,
                Optional.ofNullable(wishes.get(set.name())),
                Instant.now(),
                backups.plan().maxAge());
        set.databases().forEach(database -> judge(restic, set, database, choice));
        long size = restic.size(choice.chosen().id());
        bytes += size;
        report.set(set.name(), choice.chosen(), size);
        chosen.put(set, choice.chosen());
      }
    } catch (Unreachable gone) {
      throw gone.diagnostic().failure();
    }
  }

  private void judge(
      Restic restic, BackupPlan.BackupSet set, BackupPlan.Database database, Choice choice) {
    String path = dumps(set) + "/" + database.name() + ".sql";
    Dump dump = restic.dump(choice.chosen().id(), path);
    long before = choice.before().map(older -> restic.size(older.id(), path)).orElse(0L);
    List<String> wrong = dump.wrongFor(database, before);
    if (!wrong.isEmpty()) {
      throw Diagnostic.error(
              database.at(),
              "the dump of %s in snapshot %s is no backup"
                  .formatted(database.name(), choice.chosen().brief()))
          .exit(ExitCode.FAILED)
          .because(String.join("; ", wrong))
          .next("choose an older snapshot: --snapshot " + set.name() + "=ID")
          .failure();
    }
    report.check(
        "the dump of %s is whole: %d bytes, %d tables, %d rows"
            .formatted(
                database.name(),
                dump.bytes(),
                dump.rows().size(),
                dump.rows().values().stream().mapToLong(Long::longValue).sum()));
  }

  /** Where dumps are in a snapshot. */
  static String dumps(BackupPlan.BackupSet set) {
    return BackupPlan.DUMPS + "/" + set.name();
  }

  /** The host has room. */
  void space() {
    try (HostWays ways = new HostWays(bench)) {
      Way way = ways.to(host, "root");
      Outcome outcome = way.connection().run(TargetScripts.space(), way.become());
      long free =
          outcome instanceof Outcome.Exited end && end.out().strip().matches("[0-9]+")
              ? Long.parseLong(end.out().strip())
              : 0;
      if (free < HEADROOM * bytes) {
        throw Diagnostic.error(
                ExitCode.FAILED,
                "%s has %d bytes free below /var, and %d are needed"
                    .formatted(host.name(), free, HEADROOM * bytes))
            .because(
                "the snapshots hold " + bytes + " bytes; they are restored beside what is there")
            .next("make room, or take a larger disk")
            .failure();
      }
      report.check("%s has room: %d bytes for %d".formatted(host.name(), free, bytes));
    } catch (Unreachable gone) {
      throw gone.diagnostic().failure();
    }
  }
}
