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
    description = "Tear hosts down with the lab's playbooks/teardown.yml.",
    footer = {"", "Example: hearth teardown host01 --check"})
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

  TeardownCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path playbook = lab.find("teardown", environment);
    if (!yes && !run.check()) {
      confirm(playbook);
    }
    return run.play(environment, List.of(playbook), hosts).number();
  }

  private void confirm(Path playbook) {
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
  }
}
