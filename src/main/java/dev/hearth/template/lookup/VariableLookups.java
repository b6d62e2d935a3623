package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRegex;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Lookups of variables: the scope's and the environment's. */
final class VariableLookups {

  private VariableLookups() {}

  static Map<String, Lookup> all() {
    return Map.of(
        "env", Lookup.lenient("default?", VariableLookups::environment),
        "vars", Lookup.of("default?", VariableLookups::variables),
        "varnames", Lookup.of("", VariableLookups::names),
        "inventory_hostnames", Lookup.of("", HostNames::of),
        "config",
            Lookup.of(
                "on_missing? plugin_type? plugin_name? show_origin?", VariableLookups::settings));
  }

  private static List<Value> settings(Call call) {
    for (String option : List.of("plugin_type", "plugin_name", "show_origin")) {
      if (call.has(option) && !(call.get(option, Value.NULL) instanceof Value.Null)) {
        throw new PythonError("does not take '" + option + "': Hearth has no plugins to ask");
      }
    }
    String missing = call.text("on_missing", "error");
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      String name = Printed.str(term);
      Optional<Value> value = call.engine().surroundings().settings().apply(name);
      if (value.isEmpty() && missing.equals("error")) {
        throw new PythonError("knows no setting '" + name + "'");
      }
      value.ifPresent(found::add);
    }
    return found;
  }

  private static List<Value> environment(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      if (term instanceof Value.Undefined undefined) {
        throw new UndefinedUse(undefined);
      }
      String name = Printed.str(term).split(" ", 2)[0];
      String value = call.engine().surroundings().environment().get(name);
      Value fallback = call.get("default", Value.text(""));
      if (value == null && fallback instanceof Value.Undefined undefined) {
        throw new UndefinedUse(undefined);
      }
      found.add(value != null ? Value.text(value) : fallback);
    }
    return found;
  }

  private static List<Value> variables(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      if (!(term instanceof Value.Textual name)) {
        throw new PythonError("needs the names of variables as text");
      }
      Value value = call.engine().variable(name.reveal());
      if (value instanceof Value.Undefined undefined) {
        Value fallback = call.find("default");
        if (fallback == null) {
          throw new UndefinedUse(undefined);
        }
        value = fallback;
      }
      found.add(call.engine().resolve(value));
    }
    return found;
  }

  private static List<Value> names(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      Pattern pattern = PythonRegex.compile(Printed.str(term), false, false);
      for (String name : new TreeSet<>(call.engine().scope().names())) {
        if (PythonRegex.matcher(pattern, name).find()) {
          found.add(Value.text(name));
        }
      }
    }
    return found;
  }
}
