package dev.hearth.cli;

import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.inventory.Host;
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

  @Mixin private final BenchOptions options = new BenchOptions();

  RecoveryKitCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return options
        .with(
            environment,
            bench -> {
              Backups backups = Backups.of(bench, environment);
              boolean whole = true;
              try (HostWays ways = new HostWays(bench)) {
                for (Host host : backups.hosts(List.of())) {
                  List<String> there = new ArrayList<>();
                  List<String> missing = backups.missing(host, there);
                  there.forEach(name -> bench.say("ok       " + host.name() + "  " + name));
                  missing.forEach(name -> bench.say("MISSING  " + host.name() + "  " + name));
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
      bench.say("ok       " + host.name() + "  the repository opens with the password");
      return true;
    } catch (HearthException shut) {
      missing(bench, host, shut.diagnostics().getFirst());
    } catch (Unreachable gone) {
      missing(bench, host, gone.diagnostic());
    }
    return false;
  }

  private static void missing(Workbench bench, Host host, Diagnostic why) {
    bench.say("MISSING  " + host.name() + "  " + why.summary());
    why.why().lines().forEach(line -> bench.say("         why: " + line));
  }
}
