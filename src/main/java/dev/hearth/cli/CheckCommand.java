package dev.hearth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth check}: finds the mistakes in playbooks without connecting to any host. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Find the mistakes in playbooks; connects to no host.",
    footer = {
      "",
      "Examples:",
      "  hearth check                     all playbooks here and in playbooks/",
      "  hearth check site.yml --limit host01 --tags web",
      "  hearth check site.yml --graph    which file brings in which"
    })
final class CheckCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin run = new RunMixin();

  @Parameters(
      paramLabel = "PLAYBOOK",
      arity = "0..*",
      description = "playbook files (default: all of this directory and of playbooks/)")
  private List<Path> playbooks = new ArrayList<>();

  @Option(names = "--graph", description = "show which file brings in which")
  private boolean graph;

  CheckCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    List<List<Path>> runs =
        playbooks.isEmpty()
            ? PlaybooksHere.in(environment.workingDirectory()).stream().map(List::of).toList()
            : List.of(playbooks);
    return run.check(environment, runs, graph).number();
  }
}
