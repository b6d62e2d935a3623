package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.graph.Drawing;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth graph}: draws the services and what they need. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    description = "Check bootstrap.yml and draw its services and what they need.",
    footer = {"", "Example: hearth graph --format svg >lab.svg"})
final class GraphCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final BenchOptions options = new BenchOptions();

  /** How to draw. */
  enum Format {
    TEXT,
    MERMAID,
    DOT,
    SVG
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, mermaid, dot or svg")
  private Format format = Format.TEXT;

  GraphCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    return options
        .with(
            environment,
            bench -> {
              Services services = Services.of(bench, environment);
              services.review(environment);
              Drawing drawing =
                  new Drawing(
                      services.bootstrap(),
                      service ->
                          services.instances(service).stream()
                              .map(instance -> instance.host().name())
                              .toList());
              environment
                  .out()
                  .print(
                      switch (format) {
                        case TEXT -> drawing.text();
                        case MERMAID -> drawing.mermaid();
                        case DOT -> drawing.dot();
                        case SVG -> drawing.svg();
                      });
              return ExitCode.OK;
            })
        .number();
  }
}
