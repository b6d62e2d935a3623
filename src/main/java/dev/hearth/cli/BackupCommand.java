package dev.hearth.cli;

import dev.hearth.connection.Unreachable;
import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.Host;
import dev.hearth.receipt.Way;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth backup}: makes, lists and verifies backups on the hosts that have them. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Back hosts up now, list their snapshots, or verify them; backup.yml declares what is"
            + " backed up, and the role backup sets it up.",
    footer = {"", "Example: hearth backup now host01"})
final class BackupCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final BenchOptions options = new BenchOptions();

  /** What to do. */
  enum Action {
    NOW,
    LIST,
    VERIFY
  }

  @Parameters(index = "0", paramLabel = "ACTION", description = "now, list or verify")
  private Action action = Action.LIST;

  @Parameters(
      index = "1..*",
      paramLabel = "HOST",
      description = "hosts; all that are backed up without one")
  private List<String> hosts = new ArrayList<>();

  BackupCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return options
        .with(
            environment,
            bench -> {
              List<Host> chosen = Backups.of(bench, environment).hosts(hosts);
              ExitCode exit = ExitCode.OK;
              try (HostWays ways = new HostWays(bench);
                  Stopping _ = Stopping.of(Thread.currentThread(), environment)) {
                for (Host host : chosen) {
                  ExitCode one = on(host, ways, bench);
                  exit = one == ExitCode.OK ? exit : one;
                }
              }
              return exit;
            })
        .number();
  }

  private ExitCode on(Host host, HostWays ways, Workbench bench) {
    try {
      Way way = ways.to(host, "root");
      Outcome outcome =
          way.connection()
              .run(
                  Script.of(
                      "exec /usr/local/sbin/hearth-backup \"$1\" 2>&1\n",
                      action.name().toLowerCase(Locale.ROOT)),
                  way.become());
      String said =
          switch (outcome) {
            case Outcome.Exited end -> end.out().strip();
            case Outcome.TimedOut late -> "it took too long";
            case Outcome.ChannelLost lost -> lost.reason();
          };
      said.lines().forEach(line -> bench.say(host.name() + ": " + line));
      boolean well = outcome instanceof Outcome.Exited end && end.ok();
      if (well && said.isEmpty()) {
        bench.say(host.name() + ": no snapshots; make the first with: hearth backup now");
      }
      if (!well) {
        bench.say(host.name() + ": NOT " + (action == Action.NOW ? "backed up" : "done"));
      }
      return well ? ExitCode.OK : ExitCode.HOSTS_FAILED;
    } catch (Unreachable gone) {
      bench.say(host.name() + ": " + gone.diagnostic().summary());
      return ExitCode.UNREACHABLE;
    }
  }
}
