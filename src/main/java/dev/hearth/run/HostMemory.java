package dev.hearth.run;

import dev.hearth.value.Value;
import dev.hearth.vars.Variable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run has learnt about one host so far. It does not change; a task that learns something
 * makes a new one.
 *
 * @param facts what {@code setup} and modules found, and what {@code set_fact} was to cache
 * @param included what {@code include_vars} read
 * @param set what {@code set_fact} set and {@code register} stored
 * @param exportedDefaults defaults of roles that were included with {@code public}
 * @param exportedVars variables of such roles
 */
record HostMemory(
    Map<String, Value> facts,
    Map<String, Variable> included,
    Map<String, Variable> set,
    Map<String, Variable> exportedDefaults,
    Map<String, Variable> exportedVars) {

  static final HostMemory EMPTY = new HostMemory(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  HostMemory withFacts(Map<String, Value> more) {
    return new HostMemory(merged(facts, more), included, set, exportedDefaults, exportedVars);
  }

  HostMemory withoutFacts() {
    return new HostMemory(Map.of(), included, set, exportedDefaults, exportedVars);
  }

  HostMemory withIncluded(Map<String, Variable> more) {
    return new HostMemory(facts, merged(included, more), set, exportedDefaults, exportedVars);
  }

  HostMemory withSet(Map<String, Variable> more) {
    return new HostMemory(facts, included, merged(set, more), exportedDefaults, exportedVars);
  }

  HostMemory withExported(Map<String, Variable> defaults, Map<String, Variable> vars) {
    return new HostMemory(
        facts, included, set, merged(exportedDefaults, defaults), merged(exportedVars, vars));
  }

  /** What this knows that an earlier memory did not, or knew otherwise. */
  HostMemory since(HostMemory before) {
    return new HostMemory(
        newer(facts, before.facts),
        newer(included, before.included),
        newer(set, before.set),
        newer(exportedDefaults, before.exportedDefaults),
        newer(exportedVars, before.exportedVars));
  }

  /** The same with everything that another one knows. */
  HostMemory withAllOf(HostMemory other) {
    return new HostMemory(
        merged(facts, other.facts),
        merged(included, other.included),
        merged(set, other.set),
        merged(exportedDefaults, other.exportedDefaults),
        merged(exportedVars, other.exportedVars));
  }

  private static <T> Map<String, T> newer(Map<String, T> now, Map<String, T> before) {
    Map<String, T> fresh = new LinkedHashMap<>(now);
    fresh.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    return fresh;
  }

  private static <T> Map<String, T> merged(Map<String, T> old, Map<String, T> more) {
    Map<String, T> all = new LinkedHashMap<>(old);
    all.putAll(more);
    return Collections.unmodifiableMap(all);
  }
}
