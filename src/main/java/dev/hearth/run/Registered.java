package dev.hearth.run;

import dev.hearth.plan.Result;
import dev.hearth.playbook.Task;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as {@code register} keeps them and {@code ansible_failed_result} shows them. */
final class Registered {

  /** What every failure registers that has no traceback; no secret even in a hidden result. */
  static final String NO_TRACEBACK = "(traceback unavailable)";

  private static final Value EXCEPTION = Value.text("exception");

  private Registered() {}

  /** The result of a task, which may be the sum of a loop. */
  static Value.Dict of(Task task, Result result) {
    return task.loop().isPresent() && result.values().containsKey("results")
        ? sum(result)
        : single(result);
  }

  /**
   * One result: that of an include, or of a task that was skipped, does not say that it did not
   * fail; one that failed has an {@code exception}, as in Ansible, where it says that there is no
   * traceback unless somebody asked for one.
   */
  static Value.Dict single(Result result) {
    boolean included = result.values().containsKey("include_args") && !result.failed();
    if (!included && !(result.skipped() && withoutVerdict(result.values()))) {
      Map<Value, Value> all = new LinkedHashMap<>(result.toValue().entries());
      if (result.failed()) {
        all.putIfAbsent(EXCEPTION, Value.text(NO_TRACEBACK));
      }
      return new Value.Dict(all);
    }
    Map<Value, Value> kept = new LinkedHashMap<>();
    kept.put(Value.text("changed"), Value.bool(result.changed()));
    if (result.skipped()) {
      kept.put(Value.text("skipped"), Value.Bool.TRUE);
    }
    kept.putAll(result.toValue().entries());
    kept.remove(Value.text("failed"));
    return new Value.Dict(kept);
  }

  /** A command that was left out has a status, a message of no interest its verbosity. */
  private static boolean withoutVerdict(Map<String, Value> skipped) {
    boolean quiet = skipped.containsKey("skipped_reason") && !skipped.containsKey("results");
    return !quiet && !skipped.containsKey("rc");
  }

  /** The results of a loop's items; of a file that one included nothing says that it changed. */
  static Value.Seq items(List<Result> results) {
    List<Value> items = new ArrayList<>();
    for (Result result : results) {
      Map<Value, Value> entries = new LinkedHashMap<>(single(result).entries());
      if (!result.failed() && result.values().containsKey("include_args")) {
        entries.remove(Value.text("changed"));
      }
      items.add(new Value.Dict(entries));
    }
    return new Value.Seq(items);
  }

  /** The sum of a loop: whether it was skipped always, that it failed only if it did. */
  private static Value.Dict sum(Result sum) {
    Map<Value, Value> all = new LinkedHashMap<>(sum.toValue().entries());
    all.putIfAbsent(Value.text("skipped"), Value.bool(sum.skipped()));
    if (!sum.failed()) {
      all.remove(Value.text("failed"));
    }
    return new Value.Dict(all);
  }
}
