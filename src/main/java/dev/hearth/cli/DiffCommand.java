package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.Host;
import dev.hearth.journal.Journal;
import dev.hearth.journal.Receipt;
import dev.hearth.receipt.Drift;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth diff}: what changed on the hosts since a run left them. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Show what changed on the hosts since a run left them.",
    footer = {"", "Example: hearth diff 20261121T1215"})
final class DiffCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final BenchOptions options = new BenchOptions();

  @Parameters(paramLabel = "RUN", description = "the run, or how its name begins")
  private String run = "";

  @Option(names = "--all", description = "name the places that are as they were left, too")
  private boolean all;

  DiffCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    boolean changed = false;
    try (Workbench bench = options.open(environment);
        HostWays ways = new HostWays(bench)) {
      List<Journal> journals = bench.store().hosts(bench.store().find(run));
      for (Journal journal : journals) {
        changed |= changed(journal, bench, ways);
      }
    }
    return (changed ? ExitCode.CHANGES_PENDING : ExitCode.OK).number();
  }

  private boolean changed(Journal journal, Workbench bench, HostWays ways) {
    String name = journal.header().host();
    bench.requireHosts(name, Optional.empty());
    Host host = bench.inventory().host(name).orElseThrow();
    boolean changed = false;
    for (Drift.Place place :
        Drift.of(
            Receipt.steps(journal.entries()),
            user -> ways.to(host, user),
            environment.ownPlace())) {
      String where = name + ": " + place.path();
      if (!place.same()) {
        changed = true;
        bench.say(where);
        bench.say("  left: " + place.left());
        bench.say("  now:  " + place.now());
      } else if (all) {
        bench.say(where + " is as the run left it");
      }
    }
    return changed;
  }
}
