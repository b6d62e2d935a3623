package dev.hearth.cli;

import dev.hearth.inventory.HostPattern;
import dev.hearth.journal.RunStore;
import dev.hearth.receipt.Recorder;
import dev.hearth.receipt.RunRecorder;
import dev.hearth.run.Event;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Begins the journals of runs: what they do is written down before they do it. */
final class RunJournals {

  private final Workbench bench;
  private final Environment environment;
  private final List<String> arguments;

  /**
   * Journals of runs.
   *
   * @param arguments the words of the command line, which the history tells
   */
  RunJournals(Workbench bench, Environment environment, List<String> arguments) {
    this.bench = bench;
    this.environment = environment;
    this.arguments = List.copyOf(arguments);
  }

  /** What a run of this user on this machine is for. */
  RunRecorder.Purpose purpose(
      boolean makes, Set<String> takenDown, Optional<String> continued, Duration patience) {
    return new RunRecorder.Purpose(
        makes,
        takenDown,
        continued,
        System.getProperty("user.name", "")
            + "@"
            + HostName.own()
            + " pid "
            + ProcessHandle.current().pid(),
        patience,
        environment.ownPlace());
  }

  /** Writes down what the run does; check mode does nothing. */
  Recorder recorder(Optional<HostPattern> limit, RunRecorder.Purpose purpose) {
    if (bench.options().check()) {
      return Recorder.OFF;
    }
    return begin(purpose, Map.of("limit", limit.map(HostPattern::toString).stream().toList()));
  }

  /**
   * Begins the journal of a run.
   *
   * @param more what the history tells besides
   */
  RunRecorder begin(RunRecorder.Purpose purpose, Map<String, List<String>> more) {
    Map<String, List<String>> details = new LinkedHashMap<>(more);
    details.put("arguments", arguments.stream().map(bench.masker()::mask).toList());
    purpose.continued().ifPresent(before -> details.put(RunStore.CONTINUES, List.of(before)));
    details.put("user", List.of(System.getProperty("user.name", "")));
    details.put(RunRecorder.DIRECTORY, List.of(environment.workingDirectory().toString()));
    return RunRecorder.begin(
        purpose,
        bench.store(),
        Version.text(),
        details,
        bench.masker()::mask,
        Clock.systemUTC(),
        new SecureRandom(),
        warning -> bench.sink().accept(new Event.Warned(warning)));
  }
}
