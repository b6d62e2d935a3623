package dev.hearth.run;

import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a task comes to that {@code no_log} hides. Ansible shows it when a later task does; here
 * what a command printed, what a file or an answer held and what became a fact is looked for in all
 * output from then on.
 */
final class HiddenResult {

  /** What is about the work, and not what came of it. */
  private static final Set<String> OPEN =
      Set.of(
          "path",
          "dest",
          "src",
          "mode",
          "owner",
          "group",
          "state",
          "skip_reason",
          "msg",
          "cmd",
          "start",
          "end",
          "delta",
          "ansible_job_id",
          "results_file",
          "before_header",
          "after_header");

  /** Shorter lines, such as {@code true} or {@code enabled}, are in too many other texts. */
  private static final int SHORTEST_LINE = 8;

  private HiddenResult() {}

  /** Tells what is to be looked for. */
  static void tell(Value value, Consumer<Value.Secret> secrets) {
    switch (value) {
      case Value.Text text ->
          text.value()
              .lines()
              .map(String::strip)
              .filter(line -> line.length() >= SHORTEST_LINE)
              .filter(line -> !line.equals(Registered.NO_TRACEBACK))
              .forEach(line -> secrets.accept(new Value.Secret(line)));
      case Value.Seq list -> list.items().forEach(item -> tell(item, secrets));
      case Value.Dict mapping ->
          mapping
              .entries()
              .forEach(
                  (key, entry) -> {
                    if (!(key instanceof Value.Text name) || !OPEN.contains(name.value())) {
                      tell(entry, secrets);
                    }
                  });
      default -> {
        // Numbers and truth are in every other text.
      }
    }
  }

  /** The same result with texts that are secrets: for what must not be written down. */
  static Result sealed(Result result) {
    Map<String, Value> values = new LinkedHashMap<>();
    result.values().forEach((name, value) -> values.put(name, secret(value)));
    return new Result(result.changed(), result.failed(), result.skipped(), values);
  }

  private static Value secret(Value value) {
    return switch (value) {
      case Value.Text text when !text.value().isEmpty() -> new Value.Secret(text.value());
      case Value.Seq list -> {
        List<Value> items = new ArrayList<>();
        list.items().forEach(item -> items.add(secret(item)));
        yield new Value.Seq(items);
      }
      case Value.Dict mapping -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> entries.put(key, secret(entry)));
        yield new Value.Dict(entries);
      }
      default -> value;
    };
  }
}
