package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth status}: looks at all gates now. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Look at the gates of the services once; exit with 2 when one is not open.",
    footer = {"", "Example: hearth status --watch"})
final class StatusCommand implements Callable<Integer> {

  private static final long PAUSE = 5_000;

  private final Environment environment;

  @Mixin private final BenchOptions options = new BenchOptions();

  @Parameters(paramLabel = "SERVICE", description = "services; all without one")
  private List<String> names = new ArrayList<>();

  @Option(names = "--watch", description = "look again every five seconds until all are open")
  private boolean watch;

  StatusCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return options
        .with(
            environment,
            bench -> {
              Services services = Services.of(bench, environment);
              ServiceOrder order =
                  new ServiceOrder(
                      environment, bench, services, options.limited(environment, bench));
              ExitCode exit = order.status(services.named(names));
              while (watch && exit != ExitCode.OK && paused()) {
                environment.out().println();
                exit = order.status(services.named(names));
              }
              return exit;
            })
        .number();
  }

  private static boolean paused() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
