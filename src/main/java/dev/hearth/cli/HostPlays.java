package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Source;
import dev.hearth.playbook.Playbook;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs plays that no file holds, so that what they do is journaled, locked and shown like all else.
 */
final class HostPlays {

  private final Workbench bench;

  HostPlays(Workbench bench) {
    this.bench = bench;
  }

  /** Runs tasks on hosts. JSON is YAML, and templates in the tasks are written as they were. */
  ExitCode run(String name, List<String> hosts, boolean become, List<Value> tasks) {
    Map<String, Value> play = new LinkedHashMap<>();
    play.put("name", Value.text(name));
    play.put("hosts", new Value.Seq(hosts.stream().<Value>map(Value::text).toList()));
    play.put("gather_facts", Value.bool(false));
    play.put("become", Value.bool(become));
    play.put("tasks", new Value.Seq(tasks));
    Playbook playbook =
        bench.load(
            new Source("bootstrap.yml", Json.write(Value.Seq.of(Value.Dict.ofTexts(play)))),
            Optional.empty());
    return bench
        .running()
        .run(
            List.of(playbook),
            Optional.empty(),
            bench.sink(),
            bench.journals().purpose(true, Set.of(), Optional.empty(), Duration.ZERO));
  }

  /** A task that runs a constant script with these words. */
  static Value command(String name, String body, List<String> words) {
    List<Value> argv = new ArrayList<>();
    List.of("sh", "-c", body, "sh").forEach(word -> argv.add(Value.text(word)));
    words.forEach(word -> argv.add(Value.text(word)));
    return Value.Dict.ofTexts(
        Map.of(
            "name",
            Value.text(name),
            "ansible.builtin.command",
            Value.Dict.ofTexts(Map.of("argv", new Value.Seq(argv)))));
  }
}
