package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth up}: brings services up in the order of the graph. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Bring services up that bootstrap.yml declares, after all that they need, and wait at their"
            + " gates.",
    footer = {"", "Example: hearth up komodo"})
final class UpCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin run = new RunMixin();

  @Parameters(paramLabel = "SERVICE", description = "services; all without one")
  private List<String> names = new ArrayList<>();

  UpCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return run.with(
            environment,
            bench -> {
              Services services = Services.of(bench, environment);
              services.review(environment);
              return new ServiceOrder(environment, bench, services, run.limited(environment, bench))
                  .up(services.named(names));
            })
        .number();
  }
}
