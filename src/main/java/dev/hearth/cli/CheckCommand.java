package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Severity;
import dev.hearth.inventory.HostPattern;
import dev.hearth.view.FindingsView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final TagOptions tags = new TagOptions();

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
    try (Workbench bench = options.open(environment, new PlayOptions(tags))) {
      return check(bench, runs).number();
    }
  }

  /**
   * Shows what is wrong.
   *
   * @param runs playbooks that run together
   */
  private ExitCode check(Workbench bench, List<List<Path>> runs) {
    Optional<HostPattern> limit = options.limit(bench, environment);
    FindingsView view =
        new FindingsView(
            options.output().terminal(environment), bench.masker(), options.output().isJson());
    Set<Diagnostic> all = new LinkedHashSet<>();
    for (List<Path> together : runs) {
      Loading.Checked checked = bench.check(together, limit);
      List<Diagnostic> findings = checked.outcome().findings();
      // What two playbooks share is told once.
      view.findings(findings.stream().filter(all::add).toList());
      if (graph) {
        environment.out().print(bench.graph(checked.playbooks()));
      }
      view.coverage(
          String.join(", ", together.stream().map(Path::toString).toList()),
          checked.outcome().coverage(),
          findings);
    }
    return all.stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(Diagnostic::exit)
        .findFirst()
        .orElse(ExitCode.OK);
  }
}
