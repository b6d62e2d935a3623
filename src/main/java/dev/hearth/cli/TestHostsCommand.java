package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hearth test-hosts}: throw-away hosts in Docker to try things on. */
@Command(
    name = "test-hosts",
    mixinStandardHelpOptions = true,
    description = "Start and remove throw-away hosts in Docker.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: hearth test-hosts up"})
final class TestHostsCommand implements Runnable {

  private final Environment environment;

  @Spec private @Nullable CommandSpec spec;

  TestHostsCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    throw CommandMissing.of(spec);
  }

  @Command(
      name = "up",
      mixinStandardHelpOptions = true,
      description = "Start the hosts host01 and ex44.")
  int up(
      @Parameters(paramLabel = "ARG", arity = "0..*", hidden = true)
          @Nullable List<String> arguments) {
    return script("test-hosts/up", arguments);
  }

  @Command(
      name = "down",
      mixinStandardHelpOptions = true,
      description = "Remove them and all that belongs to them.")
  int down(
      @Parameters(paramLabel = "ARG", arity = "0..*", hidden = true)
          @Nullable List<String> arguments) {
    return script("test-hosts/down", arguments);
  }

  private int script(String name, @Nullable List<String> arguments) {
    return new Scripts(environment)
        .run(name, arguments == null ? List.of() : new ArrayList<>(arguments));
  }
}
