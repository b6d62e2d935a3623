package dev.hearth.template.test;

import dev.hearth.template.Call;
import dev.hearth.template.Test;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Truth;
import dev.hearth.template.python.TypeName;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of a task, asked of its registered result. */
final class ResultTests {

  private ResultTests() {}

  static Map<String, Test> all() {
    Map<String, Test> all = new HashMap<>();
    named(all, Test.of("", call -> flag(call, "failed")), "failed", "failure");
    named(all, Test.of("", call -> !flag(call, "failed")), "succeeded", "success", "successful");
    named(all, Test.of("", ResultTests::changed), "changed", "change");
    named(all, Test.of("", call -> flag(call, "skipped")), "skipped", "skip");
    named(all, Test.of("", call -> flag(call, "unreachable")), "unreachable");
    named(all, Test.of("", call -> !flag(call, "unreachable")), "reachable");
    named(all, Test.of("", call -> flag(call, "timedout")), "timedout");
    named(all, Test.of("", call -> asynchronous(call, "finished")), "finished");
    named(all, Test.of("", call -> asynchronous(call, "started")), "started");
    return all;
  }

  private static void named(Map<String, Test> all, Test test, String... names) {
    List.of(names).forEach(name -> all.put(name, test));
  }

  private static boolean flag(Call call, String name) {
    if (!Mappings.is(call.input())) {
      throw new PythonError(
          "needs a registered result, not a value of type '" + TypeName.of(call.input()) + "'");
    }
    Value found = Mappings.get(call.input(), Value.text(name));
    return found != null && Truth.of(found);
  }

  /** A task that did not run in the background has started and finished. */
  private static boolean asynchronous(Call call, String name) {
    return flag(call, name) || Mappings.get(call.input(), Value.text(name)) == null;
  }

  /** A loop's result has changed when one of its items has. */
  private static boolean changed(Call call) {
    if (flag(call, "changed")) {
      return true;
    }
    Value results = Mappings.get(call.input(), Value.text("results"));
    boolean own = Mappings.get(call.input(), Value.text("changed")) != null;
    List<Value> items = results == null ? null : Sequences.view(results);
    if (own || items == null) {
      return false;
    }
    return items.stream()
        .filter(Mappings::is)
        .map(item -> Mappings.get(item, Value.text("changed")))
        .anyMatch(item -> item != null && Truth.of(item));
  }
}
