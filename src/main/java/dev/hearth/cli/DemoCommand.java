package dev.hearth.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code hearth demo}: the whole way on throw-away hosts. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Provision throw-away hosts and show what comes of it.")
final class DemoCommand implements Callable<Integer> {

  private final Environment environment;

  DemoCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return new Scripts(environment).run("demo", List.of());
  }
}
