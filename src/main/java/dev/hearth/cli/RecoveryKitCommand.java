package dev.hearth.cli;

import dev.hearth.connection.Unreachable;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.inventory.Host;
import dev.hearth.view.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hearth recovery-kit}: what must be at hand when a host is gone, and whether it is. */
@Command(
    name = "recovery-kit",
    mixinStandardHelpOptions = true,
    description =
        "List what must live outside of the hosts that are backed up, and verify that it is there"
            + " and opens the repository. No value is shown.",
    footer = {"", "Example: hearth recovery-kit"})
final class RecoveryKitCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin run = new RunMixin();

  RecoveryKitCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return run.with(
            environment,
            bench -> {
              Backups backups = Backups.of(bench, environment);
              boolean whole = true;
              try (HostWays ways = new HostWays(bench)) {
                for (Host host : backups.hosts(List.of())) {
                  List<String> there = new ArrayList<>();
                  List<String> missing = backups.missing(host, there);
                  there.forEach(name -> say(bench, "ok       " + host.name() + "  " + name));
                  missing.forEach(name -> say(bench, "MISSING  " + host.name() + "  " + name));
                  boolean open = opens(bench, backups, host, ways);
                  whole &= open && missing.isEmpty();
                }
              }
              return whole ? ExitCode.OK : ExitCode.FAILED;
            })
        .number();
  }

  private boolean opens(Workbench bench, Backups backups, Host host, HostWays ways) {
    try {
      backups.restic(host, ways).open();
      say(bench, "ok       " + host.name() + "  the repository opens with the password");
      return true;
    } catch (HearthException shut) {
      say(bench, "MISSING  " + host.name() + "  " + shut.diagnostics().getFirst().summary());
    } catch (Unreachable gone) {
      say(bench, "MISSING  " + host.name() + "  " + gone.diagnostic().summary());
    }
    return false;
  }

  private void say(Workbench bench, String line) {
    environment.out().println(bench.masker().mask(Printable.of(line)));
  }
}
