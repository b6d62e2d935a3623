package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Source;
import dev.hearth.inventory.HostPattern;
import dev.hearth.playbook.Playbook;
import dev.hearth.value.Value;
import dev.hearth.view.AdHocView;
import dev.hearth.view.MaskedResults;
import dev.hearth.yaml.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth run}: one module on some hosts, as {@code ansible} does it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run one module on hosts.",
    footer = {
      "",
      "Examples:",
      "  hearth run all -m ping",
      "  hearth run host01 -m shell -a 'df -h | tail -1'"
    })
final class RunCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final PlayOptions play = new PlayOptions();

  @Parameters(paramLabel = "PATTERN", description = "hosts, groups or a pattern")
  private String pattern = "";

  @Option(
      names = {"-m", "--module-name"},
      paramLabel = "MODULE",
      defaultValue = "command",
      description = "the module (default: ${DEFAULT-VALUE})")
  private String module = "command";

  @Option(
      names = {"-a", "--args"},
      paramLabel = "ARGS",
      defaultValue = "",
      description = "its arguments: a command line, name=value, or a JSON object")
  private String arguments = "";

  RunCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Workbench bench = options.open(environment, play)) {
      Optional<HostPattern> limit = options.limit(bench, environment);
      bench.requireHosts(pattern, limit);
      Playbook playbook = bench.load(new Source("command line", source()), limit);
      ExitCode exit =
          bench
              .running()
              .run(
                  List.of(playbook),
                  limit,
                  options.output().isJson()
                      ? bench.sink()
                      : new MaskedResults(
                          bench.masker(),
                          new AdHocView(options.output().terminal(environment), bench.masker())));
      return exit.number();
    }
  }

  /** A playbook of one task. JSON is YAML, so it needs no quoting rules of its own. */
  private String source() {
    String call =
        arguments.isBlank()
            ? "null"
            : arguments.strip().startsWith("{") ? arguments : quoted(arguments);
    return "- hosts: "
        + quoted(pattern)
        + "\n  gather_facts: false\n  tasks:\n    - "
        + quoted(module)
        + ": "
        + call
        + "\n";
  }

  private static String quoted(String text) {
    return Json.write(Value.text(text), Json.Style.PLAIN);
  }
}
