package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.journal.Entry;
import dev.hearth.journal.Journal;
import dev.hearth.journal.Receipt;
import dev.hearth.journal.RunStore;
import dev.hearth.receipt.RunRecorder;
import dev.hearth.view.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth resume}: continues a run that was cut off or failed. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description =
        "Continue a run that was cut off, stopped or failed: what it finished is not done again,"
            + " and what was under way is looked at anew.",
    footer = {"", "Example: hearth resume"})
final class ResumeCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final StoreOptions stores = new StoreOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      defaultValue = "",
      description = "the run, or how its name begins; without it the last one")
  private String run = "";

  @Option(
      names = {"-e", "--extra-vars"},
      paramLabel = "VARS",
      description = "extra variables of the run whose values are not written down")
  private List<String> extraVars = new ArrayList<>();

  ResumeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Environment chosen = stores.in(environment);
    List<String> arguments;
    Path directory;
    try (RunStore store = stores.open(environment)) {
      String continued = store.find(run.isEmpty() ? last(store) : run);
      Journal journal = store.journalOf(continued);
      refuseOver(store, continued, journal);
      tellCutOff(store, continued);
      arguments =
          new ArrayList<>(
              arguments(journal.header().details().getOrDefault("arguments", List.of())));
      extraVars.forEach(value -> arguments.addAll(List.of("-e", value)));
      arguments.addAll(List.of(GivenArguments.CONTINUED, continued));
      directory = directory(journal);
    }
    return CommandLineInterface.run(
        new Environment(
            chosen.variables(),
            directory,
            chosen.home(),
            chosen.in(),
            chosen.out(),
            chosen.err(),
            chosen.interactive(),
            chosen.ownsProcess()),
        arguments.toArray(String[]::new));
  }

  /** Where the lab is: on another machine than the run's perhaps not where it was. */
  private Path directory(Journal journal) {
    Path before =
        Path.of(
            String.join(
                "", journal.header().details().getOrDefault(RunRecorder.DIRECTORY, List.of(""))));
    if (Files.isDirectory(before)) {
      return before;
    }
    environment
        .err()
        .println(
            Printable.of(
                "the run began in " + before + ", which is not here; this directory is the lab"));
    return environment.workingDirectory();
  }

  private static String last(RunStore store) {
    List<String> runs = store.runs();
    if (runs.isEmpty()) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no run to continue")
          .next("start one: hearth play PLAYBOOK")
          .failure();
    }
    return runs.getLast();
  }

  private static void refuseOver(RunStore store, String run, Journal journal) {
    Optional<Entry.End> end =
        journal.ended() ? Optional.of((Entry.End) journal.entries().getLast()) : Optional.empty();
    if (end.isPresent() && end.get().exit() == ExitCode.OK.number()) {
      throw Diagnostic.error(ExitCode.INVALID, "the run " + run + " ended well")
          .because("there is nothing left of it to be done")
          .next("see what it did: hearth show " + run)
          .failure();
    }
    if (end.isEmpty() && store.isRunning(run)) {
      throw Diagnostic.error(ExitCode.LOCKED, "the run " + run + " is still going on")
          .because("its process lives, as far as the store knows")
          .next("wait for its end, or stop it")
          .failure();
    }
  }

  private void tellCutOff(RunStore store, String run) {
    environment.err().println("continuing " + run);
    for (Journal host : store.hosts(run)) {
      for (Receipt.Step step : Receipt.steps(host.entries())) {
        if (step.ended().isEmpty() || step.ended().get().how().equals(Receipt.LOST)) {
          environment
              .err()
              .println(
                  Printable.of(
                      host.header().host()
                          + ": '"
                          + step.intended().what()
                          + "' ("
                          + step.intended().at()
                          + ") was cut off; it is looked at anew"));
        }
      }
    }
  }

  /** The command line again; what was left out of it has to be given. */
  private List<String> arguments(List<String> before) {
    List<String> kept = new ArrayList<>();
    for (String argument : before) {
      boolean attached = argument.startsWith("-") && argument.contains(GivenArguments.LEFT_OUT);
      boolean separate = !attached && argument.endsWith(GivenArguments.LEFT_OUT);
      if (!attached && !separate) {
        kept.add(argument);
        continue;
      }
      String name = argument.replaceFirst("^(--extra-vars=|-e)", "").replaceFirst("=.*", "");
      boolean given =
          extraVars.stream()
              .anyMatch(
                  value -> name.equals(GivenArguments.LEFT_OUT) || value.startsWith(name + "="));
      if (!given) {
        throw Diagnostic.error(
                ExitCode.INVALID, "the run had extra variables that are not written down")
            .because(name.equals(GivenArguments.LEFT_OUT) ? "their names neither" : name)
            .next("give them again: hearth resume -e NAME=VALUE")
            .failure();
      }
      if (separate) {
        kept.removeLast();
      }
    }
    return kept;
  }
}
