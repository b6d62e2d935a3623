package dev.hearth.template.lookup;

import dev.hearth.diag.Diagnostic;
import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRegex;
import dev.hearth.template.python.Sequences;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code community.general.merge_variables}: one list or mapping of all variables with such names,
 * of this host or of all hosts of some groups.
 */
final class MergedVariables {

  private MergedVariables() {}

  static Map<String, Lookup> all() {
    Lookup lookup =
        Lookup.of("initial_value? override? pattern_type? groups?", MergedVariables::find);
    return Map.of("community.general.merge_variables", lookup);
  }

  private static List<Value> find(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      if (!(term instanceof Value.Textual pattern)) {
        throw new PythonError("needs the names of variables as text");
      }
      Predicate<String> matches = matching(option(call, "pattern_type", "regex"), pattern.reveal());
      Value initial = call.get("initial_value", Value.NULL);
      Value merged = initial instanceof Value.Null ? null : initial;
      List<Value> groups = Sequences.view(call.get("groups", Value.NULL));
      if (groups == null || groups.isEmpty()) {
        for (String name : new TreeSet<>(call.engine().scope().names())) {
          if (matches.test(name)) {
            Value value = call.engine().resolve(call.engine().variable(name));
            merged = merge(call, merged, value, name);
          }
        }
      } else {
        merged = ofHosts(call, groups, matches, merged);
      }
      found.add(merged == null ? Value.NULL : merged);
    }
    return found;
  }

  private static Predicate<String> matching(String how, String pattern) {
    return switch (how) {
      case "prefix" -> name -> name.startsWith(pattern);
      case "suffix" -> name -> name.endsWith(pattern);
      case "regex" ->
          name -> PythonRegex.matcher(PythonRegex.compile(pattern, false, false), name).find();
      default -> throw new PythonError("has the pattern types prefix, suffix and regex");
    };
  }

  private static @Nullable Value ofHosts(
      Call call, List<Value> groups, Predicate<String> matches, @Nullable Value before) {
    Value merged = before;
    Value hosts = call.engine().variable("hostvars");
    for (Value host : Sequences.iterate(hosts)) {
      Value all = call.engine().item(hosts, host);
      List<Value> own =
          Sequences.iterate(
              call.engine().resolve(call.engine().item(all, Value.text("group_names"))));
      boolean wanted =
          groups.contains(Value.text("all")) || own.stream().anyMatch(groups::contains);
      TreeSet<String> names = new TreeSet<>();
      if (wanted) {
        Sequences.iterate(all).forEach(name -> names.add(Printed.str(name)));
      }
      for (String name : names) {
        if (matches.test(name)) {
          Value value = call.engine().resolve(call.engine().item(all, Value.text(name)));
          merged = merge(call, merged, value, name);
        }
      }
    }
    return merged;
  }

  private static Value merge(Call call, @Nullable Value before, Value value, String name) {
    List<Value> items = Sequences.view(value);
    Map<Value, Value> entries = Mappings.view(value);
    if (items == null && entries == null) {
      throw new PythonError("merges lists and mappings, and '" + name + "' is neither");
    }
    if (before == null) {
      return value;
    }
    List<Value> firstItems = Sequences.view(before);
    Map<Value, Value> firstEntries = Mappings.view(before);
    if (items != null && firstItems != null) {
      return joined(firstItems, items);
    }
    if (entries == null || firstEntries == null) {
      throw new PythonError("cannot merge '" + name + "': not all are lists, or all mappings");
    }
    return merged(call, firstEntries, entries, name);
  }

  private static Value merged(
      Call call, Map<Value, Value> before, Map<Value, Value> entries, String path) {
    Map<Value, Value> all = new LinkedHashMap<>(before);
    entries.forEach(
        (key, value) -> {
          Value there = all.get(key);
          Map<Value, Value> inner = Mappings.view(value);
          List<Value> items = Sequences.view(value);
          List<Value> thereItems = there == null ? null : Sequences.view(there);
          Map<Value, Value> thereEntries = there == null ? null : Mappings.view(there);
          String name = path + "." + Printed.str(key);
          if (inner != null && thereEntries != null) {
            all.put(key, merged(call, thereEntries, inner, name));
          } else if (items != null && thereItems != null) {
            all.put(key, joined(thereItems, items));
          } else {
            if (there != null && !Equality.equal(there, value)) {
              overridden(call, name);
            }
            all.put(key, value);
          }
        });
    return new Value.Dict(all);
  }

  private static void overridden(Call call, String name) {
    switch (option(call, "override", "error")) {
      case "ignore" -> {}
      case "warn" ->
          call.engine()
              .surroundings()
              .warnings()
              .accept(
                  Diagnostic.warning("merge_variables gives '" + name + "' another value")
                      .because("an earlier variable has the same key with a value of its own")
                      .next("rename one of the keys, or say override='ignore'"));
      case "error" ->
          throw new PythonError("would give '" + name + "' another value; say override");
      default -> throw new PythonError("has the overrides error, warn and ignore");
    }
  }

  /** What the call says, or else the environment, as for Ansible. */
  private static String option(Call call, String name, String usual) {
    String variable = "ANSIBLE_MERGE_VARIABLES_" + name.toUpperCase(Locale.ROOT);
    return call.text(
        name, call.engine().surroundings().environment().getOrDefault(variable, usual));
  }

  private static Value joined(List<Value> first, List<Value> second) {
    List<Value> all = new ArrayList<>(first);
    all.addAll(second);
    return new Value.Seq(all);
  }
}
