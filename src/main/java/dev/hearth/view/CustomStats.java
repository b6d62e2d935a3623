package dev.hearth.view;

import dev.hearth.run.Event;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up what {@code set_stats} told, for the run and for each host. */
final class CustomStats {

  private static final String SET_STATS = "ansible.builtin.set_stats";

  private final Map<String, Value> run = new LinkedHashMap<>();
  private final Map<String, Map<String, Value>> hosts = new TreeMap<>();

  /** Takes the result of a task if it has stats. */
  void add(Event.HostDone done) {
    if (!done.action().equals(SET_STATS)
        || done.looped()
        || !(done.result().values().get("ansible_stats") instanceof Value.Dict stats)
        || !(stats.get("data") instanceof Value.Dict data)) {
      return;
    }
    boolean perHost = Value.Bool.TRUE.equals(stats.get("per_host"));
    boolean aggregate = Value.Bool.TRUE.equals(stats.get("aggregate"));
    Map<String, Value> known =
        perHost ? hosts.computeIfAbsent(done.host(), host -> new LinkedHashMap<>()) : run;
    data.entries()
        .forEach(
            (key, value) -> {
              if (key instanceof Value.Textual name) {
                Value old = known.get(name.reveal());
                known.put(
                    name.reveal(), old == null || !aggregate ? value : sum(old, value).orElse(old));
              }
            });
  }

  /** Lists are joined, mappings merged, numbers and texts added; other pairs stay as they were. */
  private static Optional<Value> sum(Value old, Value more) {
    if (old instanceof Value.Seq first && more instanceof Value.Seq second) {
      List<Value> both = new ArrayList<>(first.items());
      both.addAll(second.items());
      return Optional.of(new Value.Seq(both));
    }
    if (old instanceof Value.Dict first && more instanceof Value.Dict second) {
      Map<Value, Value> both = new LinkedHashMap<>(first.entries());
      both.putAll(second.entries());
      return Optional.of(new Value.Dict(both));
    }
    if (old instanceof Value.Int first && more instanceof Value.Int second) {
      return Optional.of(new Value.Int(first.value().add(second.value())));
    }
    if (old instanceof Value.Real first && more instanceof Value.Real second) {
      return Optional.of(new Value.Real(first.value() + second.value()));
    }
    if (old instanceof Value.Textual first && more instanceof Value.Textual second) {
      return Optional.of(Value.text(first.reveal() + second.reveal()));
    }
    return Optional.empty();
  }

  boolean isEmpty() {
    return run.isEmpty() && hosts.isEmpty();
  }

  /** The lines below the banner. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    hosts.forEach((host, stats) -> lines.add("\t" + host + ": " + oneLine(stats)));
    if (!run.isEmpty()) {
      lines.add("");
      lines.add("\tRUN: " + oneLine(run));
    }
    lines.add("");
    return lines;
  }

  private static String oneLine(Map<String, Value> stats) {
    return ResultText.json(Value.Dict.ofTexts(stats), 1).replace("\n", "");
  }
}
