package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth teardown}: removes from hosts what provisioning made, after asking. */
@Command(
    name = "teardown",
    mixinStandardHelpOptions = true,
    description =
        "Tear hosts down with the lab's playbooks/teardown.yml, or by their receipts: what the"
            + " runs did is taken back, the last thing first.",
    footer = {
      "",
      "Examples:",
      "  hearth teardown host01 --check",
      "  hearth teardown host01 --receipt"
    })
final class TeardownCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin run = new RunMixin();
  @Mixin private final LabOptions lab = new LabOptions();

  @Parameters(
      paramLabel = "HOST",
      arity = "1..*",
      description = "hosts, groups or patterns of the inventory")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  private boolean yes;

  @Option(
      names = "--receipt",
      description = "by the receipt: what was there before stays, and what was changed since")
  private boolean receipt;

  @Option(
      names = "--drifted",
      description = "with --receipt: take back what was changed since as well")
  private boolean drifted;

  @Option(
      names = "--without-snapshot",
      description =
          "even when backup.yml has the host and there is no fresh, verified snapshot of its data")
  private boolean withoutSnapshot;

  @Option(
      names = "--with-repository",
      description = "even a host that has the repository of backup.yml on its disks")
  private boolean withRepository;

  TeardownCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    SnapshotGuard.Allowed allowed = new SnapshotGuard.Allowed(withoutSnapshot, withRepository);
    if (receipt) {
      return run.takeBack(environment, hosts, drifted, allowed, what -> yes || confirmed(what))
          .number();
    }
    Path playbook = lab.find("teardown", environment);
    if (!yes && !run.check()) {
      confirmed(playbook.toString());
    }
    return run.tearDown(environment, List.of(playbook), hosts, allowed).number();
  }

  private boolean confirmed(String playbook) {
    String names = String.join(", ", hosts);
    Optional<String> answer =
        new TerminalPrompt(environment)
            .answer(
                "Tear down " + names + " with " + playbook + "? Type the host names to go on: ",
                false);
    if (answer.isEmpty()) {
      throw Diagnostic.error(
              ExitCode.INVALID,
              "teardown asks before it removes anything, and nobody is there to answer")
          .because("standard input is not a terminal")
          .next("look first with --check, then add --yes")
          .failure();
    }
    if (!answer.get().strip().equals(names)) {
      throw Diagnostic.error(
              ExitCode.FAILED, "nothing was torn down: '" + names + "' was not typed")
          .failure();
    }
    return true;
  }
}
