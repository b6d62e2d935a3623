package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import dev.hearth.view.AdHocView;
import dev.hearth.view.ConsoleView;
import dev.hearth.view.JsonView;
import dev.hearth.view.JunitOptions;
import dev.hearth.view.JunitReport;
import dev.hearth.view.MaskedResults;
import dev.hearth.view.Masker;
import dev.hearth.view.Terminal;
import dev.hearth.view.TimedTasks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** How what a command does is shown. */
final class OutputOptions {

  private static final Clock CLOCK = Clock.system(ZoneId.systemDefault());

  /** So much verbosity shows how the run was called. */
  private static final int CALLED = 4;

  private static final Set<String> TIMERS = Set.of("timer", "profile_tasks");

  @Option(names = "--json", description = "write JSON lines instead of text")
  private boolean json;

  @Option(names = "--no-color", description = "no colours, also on a terminal")
  private boolean noColour;

  @Option(
      names = {"-v", "--verbose"},
      description = "show results; again for more (-vv to -vvvv)")
  private boolean[] verbose = new boolean[0];

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  /** The command line as it was given, without the values of extra variables. */
  List<String> arguments() {
    if (spec == null) {
      return List.of();
    }
    CommandLine root = spec.root().commandLine();
    return root.getParseResult() == null
        ? List.of()
        : GivenArguments.withoutValues(root.getParseResult().originalArgs());
  }

  int verbosity(Settings settings) {
    return verbose.length > 0 ? verbose.length : new OutputSettings(settings).verbosity();
  }

  boolean isJson() {
    return json;
  }

  Terminal terminal(Environment environment) {
    return environment.terminal(noColour);
  }

  /** Where the run's events go: what people or programs read, and the reports beside it. */
  EventSink view(
      Environment environment,
      Settings settings,
      Masker masker,
      boolean checking,
      List<String> called,
      Optional<Path> junit) {
    Terminal terminal = logged(terminal(environment), settings);
    OutputSettings output = new OutputSettings(settings);
    List<EventSink> sinks = new ArrayList<>();
    if (json) {
      sinks.add(new JsonView(terminal, masker, verbosity(settings)));
    } else if (output.callback() == OutputSettings.Callback.MINIMAL) {
      sinks.add(new AdHocView(terminal, masker));
    } else {
      sinks.add(
          new ConsoleView(terminal, masker, verbosity(settings), checking, output.style(), called));
    }
    List<String> enabled = output.enabled();
    if (!json && enabled.stream().anyMatch(TIMERS::contains)) {
      sinks.add(
          new TimedTasks(
              terminal,
              masker,
              CLOCK,
              enabled.contains("profile_tasks"),
              enabled.contains("timer")));
    }
    junit(junit, environment, enabled)
        .ifPresent(
            file ->
                sinks.add(
                    new JunitReport(
                        file,
                        environment.workingDirectory(),
                        JunitOptions.of(environment.variables()),
                        masker,
                        CLOCK)));
    enabled.stream()
        .filter(name -> !TIMERS.contains(name) && !name.equals("junit"))
        .map(OutputOptions::noCallback)
        .forEach(warning -> sinks.getFirst().accept(new Event.Warned(warning)));
    sinks.getFirst().accept(configured(settings));
    return new MaskedResults(masker, event -> sinks.forEach(sink -> sink.accept(event)));
  }

  private static Event configured(Settings settings) {
    return new Event.Remarked(
        1,
        settings
            .file()
            .map(file -> "Using " + file.toAbsolutePath() + " as config file")
            .orElse("No config file found; using defaults"));
  }

  /** How the run was called, in {@code ansible-playbook}'s words. */
  List<String> called(
      Environment environment, Settings settings, int forks, List<String> inventory) {
    ParseResult given = spec == null ? null : spec.commandLine().getParseResult();
    return given == null || verbosity(settings) < CALLED
        ? List.of()
        : CalledWith.lines(
            given, environment.workingDirectory(), verbosity(settings), forks, inventory);
  }

  /** The terminal, with the file of {@code log_path} beside it. */
  static Terminal logged(Terminal terminal, Settings settings) {
    return settings.paths("defaults", "log_path", "ANSIBLE_LOG_PATH", "\0").stream()
        .findFirst()
        .map(file -> new LogFile(file, CLOCK).beside(terminal))
        .orElse(terminal);
  }

  private static Diagnostic noCallback(String name) {
    return Diagnostic.warning("the callback '" + name + "' of callbacks_enabled is left out")
        .because("Hearth has timer, profile_tasks and junit, and runs no Python")
        .next("use --json or --junit FILE, or remove it from callbacks_enabled");
  }

  /** The file that was named, or one of the directory that the callback of Ansible uses. */
  private static Optional<Function<String, Path>> junit(
      Optional<Path> named, Environment environment, List<String> enabled) {
    if (named.isPresent()) {
      return named.map(given -> suite -> environment.workingDirectory().resolve(given));
    }
    if (!enabled.contains("junit")) {
      return Optional.empty();
    }
    String directory = environment.variables().getOrDefault("JUNIT_OUTPUT_DIR", "~/.ansible.log");
    Path place =
        directory.startsWith("~/")
            ? environment.home().resolve(directory.substring(2))
            : environment.workingDirectory().resolve(directory);
    return Optional.of(suite -> place.resolve(suite + "-" + CLOCK.millis() / 1000.0 + ".xml"));
  }
}
