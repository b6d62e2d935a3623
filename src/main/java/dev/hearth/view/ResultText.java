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
      "the output has been hidden due to the fact that 'no_log: true' was specified for this result";
  private static final String DEBUG = "ansible.builtin.debug";
  private static final Set<String> NOT_SHOWN = Set.of("failed", "skipped");
  private static final Set<String> NOT_IN_DEBUG =
      Set.of("changed", "failed", "skipped", "skip_reason");

  private final int verbosity;

  ResultText(int verbosity) {
    this.verbosity = verbosity;
  }

  /** Whether a good result is shown with its values: always for debug, with -v for the rest. */
  boolean worthShowing(Event.HostDone done) {
    return verbosity > 0 || done.detail() == Event.Detail.ALWAYS;
  }

  /** The result behind {@code =>}. */
  String of(Event.HostDone done) {
    if (done.hidden()) {
      Map<String, Value> kept = new LinkedHashMap<>();
      kept.put("censored", Value.text(CENSORED));
      if (!done.result().skipped() && !isDebug(done)) {
        kept.put("changed", Value.bool(done.result().changed()));
      }
      return Json.write(Value.Dict.ofTexts(kept), Json.Style.PLAIN.sort());
    }
    Value.Dict all = done.result().toValue();
    if (done.detail() == Event.Detail.ALWAYS) {
      Value shown = isDebug(done) ? debugged(all) : without(all, NOT_SHOWN);
      return Json.write(shown, Json.Style.PLAIN.sort().indent(4));
    }
    return json(all);
  }

  /** Any value as JSON on one line. */
  String json(Value value) {
    return Json.write(
        value instanceof Value.Dict result ? without(result, NOT_SHOWN) : value,
        Json.Style.PLAIN.sort());
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
    return done.action().equals(DEBUG) && !done.result().failed();
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
