package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.playbook.Action;
import dev.hearth.playbook.Task;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A task's arguments with all templates evaluated: those of {@code module_defaults}, of a template
 * for all of {@code args}, and those that are written, the later ones winning.
 *
 * @param values by their names; omitted ones are gone; conditions are as they are written
 * @param places where each is written
 */
record Arguments(Map<String, Value> values, Map<String, Location> places) {

  /** The name under which free text stands among the values. */
  static final String FREE_FORM = "_raw_params";

  static Arguments of(Task task, Services services, Layers scope) {
    Action action = task.action();
    Templar templar = services.templar();
    Map<String, Value> values = new LinkedHashMap<>();
    Map<String, Location> places = new LinkedHashMap<>();
    for (Located defaults : ModuleDefaults.of(task, services.modules(), templar, scope)) {
      addMapping(defaults.value(), defaults.at(), values, places);
    }
    action
        .argsTemplate()
        .ifPresent(
            template ->
                addMapping(templar.resolve(template, scope), template.at(), values, places));
    action
        .args()
        .forEach(
            (name, written) ->
                put(
                    name,
                    isCondition(action, name) ? written.value() : templar.resolve(written, scope),
                    written.at(),
                    values,
                    places));
    action
        .freeForm()
        .ifPresent(text -> put(FREE_FORM, templar.resolve(text, scope), text.at(), values, places));
    values.values().forEach(services::tellSecrets);
    return new Arguments(values, places);
  }

  /** Whether an argument is an expression, so that templates in it are not text to put in. */
  private static boolean isCondition(Action action, String name) {
    return action.name().equals(Directives.ASSERT) && name.equals("that");
  }

  private static void addMapping(
      Value mapping, Location at, Map<String, Value> values, Map<String, Location> places) {
    switch (mapping) {
      case Value.Dict dict ->
          dict.entries()
              .forEach((name, value) -> put(Keywords.text(name), value, at, values, places));
      case Value.Null nothing -> {}
      default ->
          throw new TemplateFailure(
              Diagnostic.error(at, "arguments must be a mapping, not " + Printed.repr(mapping))
                  .next("write name: value"));
    }
  }

  private static void put(
      String name,
      Value value,
      Location at,
      Map<String, Value> values,
      Map<String, Location> places) {
    if (value instanceof Value.Omit) {
      values.remove(name);
    } else {
      values.put(name, value);
      places.put(name, at);
    }
  }
}
