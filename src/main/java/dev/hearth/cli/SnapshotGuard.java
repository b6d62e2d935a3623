package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.inventory.Host;
import dev.hearth.rebuild.Report;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Lets nobody take a host down whose data could not be brought back: where the lab declares backups
 * ({@code backup.yml}), each set of the host has to have a snapshot that is fresh and holds what a
 * backup must hold. It is looked at as a rebuild would. The host that has the repository itself is
 * not taken down with it either.
 */
final class SnapshotGuard {

  private final Workbench bench;
  private final Environment environment;

  /**
   * What the user lets go.
   *
   * @param data data of which there is no snapshot
   * @param repository the snapshots themselves
   */
  record Allowed(boolean data, boolean repository) {}

  SnapshotGuard(Workbench bench, Environment environment) {
    this.bench = bench;
    this.environment = environment;
  }

  /**
   * Looks into the repository for all of these hosts that are backed up.
   *
   * @throws HearthException when one has no such snapshot, or has the repository
   */
  void require(List<Host> hosts, Allowed allowed) {
    if (!Files.isRegularFile(environment.workingDirectory().resolve("backup.yml"))) {
      return;
    }
    Backups backups = Backups.of(bench, environment);
    if (!allowed.repository()) {
      requireElsewhere(backups, hosts, "torn down");
    }
    if (!allowed.data()) {
      requireSnapshots(backups, hosts);
    }
  }

  /**
   * Refuses a host that has the repository.
   *
   * @param done what is not done to it then
   * @throws HearthException when one of them has it
   */
  static void requireElsewhere(Backups backups, List<Host> hosts, String done) {
    backups
        .repositoryHolder()
        .filter(hosts::contains)
        .ifPresent(
            holder -> {
              throw Diagnostic.error(
                      ExitCode.FAILED,
                      holder.name() + " is not " + done + ": it holds the backup repository")
                  .because(
                      "without it nothing that backup.yml declares can be brought back, of no host")
                  .next(
                      "copy the repository to another host first ('restic copy') and declare that"
                          + " one; or do it anyway: --with-repository")
                  .failure();
            });
  }

  private void requireSnapshots(Backups backups, List<Host> hosts) {
    List<Host> backedUp = backups.hosts(List.of());
    for (Host host : hosts.stream().filter(backedUp::contains).toList()) {
      try {
        new RebuildPreflight(bench, backups, host, Map.of(), new Report(Instant.now(), Map.of()))
            .snapshots();
      } catch (HearthException none) {
        Diagnostic why = none.diagnostics().getFirst();
        throw Diagnostic.error(
                ExitCode.FAILED,
                host.name() + " is not torn down: its data has no fresh, whole snapshot")
            .because(why.summary() + (why.why().isEmpty() ? "" : "\n" + why.why()))
            .next(
                "back up first: hearth backup now "
                    + host.name()
                    + "; or let the data go: --without-snapshot")
            .failure();
      }
    }
  }
}
