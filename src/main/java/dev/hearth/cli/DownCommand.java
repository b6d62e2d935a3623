package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.graph.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth down}: takes services down in the reverse order of the graph. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Take services down, after all that needs them. Data stays.",
    footer = {"", "Example: hearth down traefik"})
final class DownCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin run = new RunMixin();

  @Parameters(paramLabel = "SERVICE", arity = "1..*", description = "services")
  private List<String> names = new ArrayList<>();

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  private boolean yes;

  DownCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return run.with(
            environment,
            bench -> {
              Services services = Services.of(bench, environment);
              List<Service> order = services.bootstrap().dependents(services.named(names));
              if (!yes && !run.check()) {
                confirm(order);
              }
              return new ServiceOrder(environment, bench, services, run.limited(environment, bench))
                  .down(order);
            })
        .number();
  }

  private void confirm(List<Service> order) {
    String all = String.join(", ", order.stream().map(Service::name).toList());
    Optional<String> answer =
        new TerminalPrompt(environment).answer("Take down " + all + "? [y/N] ", false);
    if (answer.isEmpty()) {
      throw Diagnostic.error(
              ExitCode.INVALID, "down asks before it takes anything down, and nobody is there")
          .because("it would take down, in this order: " + all)
          .next("look first with --check, then add --yes")
          .failure();
    }
    if (!answer.get().strip().equalsIgnoreCase("y")) {
      throw Diagnostic.error(ExitCode.FAILED, "nothing was taken down").failure();
    }
  }
}
