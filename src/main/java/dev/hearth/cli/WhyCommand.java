package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.run.Explanation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth why}: where the value of a host's variable comes from. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = "Show a variable's value on a host, who set it and what it hides.",
    footer = {
      "",
      "Examples:",
      "  hearth why host01 timezone",
      "  hearth why host01 timezone site.yml     with what its plays and roles say"
    })
final class WhyCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final BenchOptions options = new BenchOptions();

  @Parameters(index = "0", paramLabel = "HOST", description = "a host of the inventory")
  private String host = "";

  @Parameters(index = "1", paramLabel = "VARIABLE", description = "the variable's name")
  private String variable = "";

  @Parameters(
      index = "2..*",
      paramLabel = "PLAYBOOK",
      description = "playbooks whose variables count, too")
  private List<Path> playbooks = new ArrayList<>();

  WhyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Workbench bench = options.open(environment)) {
      List<Explanation> all = bench.running().explain(host, variable, playbooks);
      String report = options.output().isJson() ? WhyReport.json(all) : WhyReport.text(all);
      environment.out().println(bench.masker().mask(report));
      return ExitCode.OK.number();
    }
  }
}
