package dev.hearth.view;

import dev.hearth.run.Event;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes results the way Ansible's default output does: JSON with sorted keys, on one line or, for
 * debug, on several.
 */
final class ResultText {

  private static final String CENSORED =
      "the output has been hidden due to the fact that 'no_log: true' was specified for this"
          + " result";
  private static final String META = "ansible.builtin.meta";
  private static final String DEBUG = "ansible.builtin.debug";

  /**
   * Their results are long and nobody reads them: a debug task shows what somebody wants to see.
   */
  private static final Set<String> FACTS =
      Set.of("ansible.builtin.setup", "ansible.builtin.gather_facts");

  /** So much verbosity shows all there is. */
  private static final int DETAILS = 3;

  private static final Set<String> NOT_BRIEF = Set.of("invocation", "diff");
  private static final Set<String> NOT_SHOWN = Set.of("failed", "skipped");
  private static final Set<String> NOT_IN_DEBUG =
      Set.of(
          "changed",
          "failed",
          "skipped",
          "skip_reason",
          "ansible_loop_var",
          "ansible_index_var",
          "ansible_loop",
          "invocation");
  private static final Set<String> NOT_IN_META = Set.of("changed", "failed", "skipped");
  private static final Set<String> NOT_IN_LOOP = Set.of("failed", "skipped", "results");

  /** Only a task that ran has them, whatever became of it. */
  private static final Set<String> RAN =
      Set.of("attempts", "changed_when_result", "failed_when_result");

  private final int verbosity;
  private final ResultFormat format;

  ResultText(ConsoleStyle style, int verbosity) {
    this.verbosity = verbosity;
    this.format = new ResultFormat(style, verbosity);
  }

  /** Whether a good result is shown with its values: always for debug, with -v for the rest. */
  boolean worthShowing(Event.HostDone done) {
    return !FACTS.contains(done.action())
        && (verbosity > 0 || (done.detail() == Event.Detail.ALWAYS && !done.hidden()));
  }

  /** The result behind {@code =>}. */
  String of(Event.HostDone done) {
    if (done.hidden()) {
      Map<String, Value> kept = new LinkedHashMap<>();
      kept.put("censored", Value.text(CENSORED));
      Value attempts = done.result().values().get("attempts");
      if (attempts != null) {
        kept.put("attempts", attempts);
      }
      if (!done.result().skipped() && !isDebug(done)) {
        kept.put("changed", Value.bool(done.result().changed()));
      }
      return format.of(Value.Dict.ofTexts(kept), false);
    }
    Value.Dict all = brief(done.result().toValue(), verbosity);
    if (done.result().skipped()) {
      Set<String> left =
          done.action().equals(META)
              ? NOT_IN_META
              : done.item().isPresent() ? NOT_SHOWN : NOT_IN_LOOP;
      Value.Dict shown = without(all, left);
      return format.of(isDebug(done) ? debugged(shown) : shown, false);
    }
    return format.of(
        isDebug(done) ? debugged(all) : without(all, NOT_SHOWN),
        done.detail() == Event.Detail.ALWAYS || (isDebug(done) && ran(done)));
  }

  /** All of a result that is no secret, as reports keep it. */
  static Value.Dict dumped(Event.HostDone done) {
    return done.hidden()
        ? Value.Dict.ofTexts(
            Map.of(
                "censored", Value.text(CENSORED), "changed", Value.bool(done.result().changed())))
        : without(brief(done.result().toValue(), 0), NOT_SHOWN);
  }

  /** The sum of a loop: its message alone. */
  String sum(Event.HostDone done) {
    if (done.hidden()) {
      return of(done);
    }
    Value message = done.result().values().getOrDefault("msg", Value.NULL);
    return format.of(Value.Dict.ofTexts(Map.of("msg", message)), false);
  }

  /** A result between two attempts. */
  String of(Event.Retrying retry) {
    return format.of(
        without(brief(retry.last().toValue(), verbosity), NOT_SHOWN),
        retry.detail() == Event.Detail.ALWAYS);
  }

  /** Without what only {@code -vvv} shows: how the module was called and what it changed. */
  static Value.Dict brief(Value.Dict result, int verbosity) {
    return verbosity < DETAILS ? without(result, NOT_BRIEF) : result;
  }

  /** Any value as JSON. */
  static String json(Value value, int indent) {
    return Json.write(value, Json.Style.PLAIN.sort().indent(indent));
  }

  private static Value.Dict without(Value.Dict result, Set<String> names) {
    Map<Value, Value> kept = new LinkedHashMap<>(result.entries());
    names.forEach(name -> kept.remove(Value.text(name)));
    return new Value.Dict(kept);
  }

  /** An item of a loop as Python would print it. */
  String shown(Value item) {
    return dev.hearth.template.python.Printed.str(item);
  }

  private static boolean isDebug(Event.HostDone done) {
    return done.action().equals(DEBUG);
  }

  private static boolean ran(Event.HostDone done) {
    return !done.result().failed()
        || done.result().values().keySet().stream().anyMatch(RAN::contains);
  }

  private static Value.Dict debugged(Value.Dict all) {
    Map<Value, Value> kept = new LinkedHashMap<>();
    boolean message = all.get("msg") != null;
    all.entries()
        .forEach(
            (key, value) -> {
              String name = key instanceof Value.Text text ? text.value() : "";
              if (message ? name.equals("msg") : !NOT_IN_DEBUG.contains(name)) {
                kept.put(key, value);
              }
            });
    return new Value.Dict(kept);
  }
}
