package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.module.Binder;
import dev.hearth.module.Module;
import dev.hearth.module.Modules;
import dev.hearth.module.Parameter;
import dev.hearth.playbook.Action;
import dev.hearth.playbook.Task;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds the arguments of tasks, those of {@code module_defaults} among them, against modules. Any
 * number of threads may do so at once.
 */
final class ModuleArguments {

  private final Modules modules;
  private final Map<String, Set<String>> names = new ConcurrentHashMap<>();

  ModuleArguments(Modules modules) {
    this.modules = modules;
  }

  List<Diagnostic> check(Task task) {
    Action action = task.action();
    Optional<Module<?>> module = modules.find(action.name());
    boolean open =
        action.argsTemplate().isPresent()
            || task.attributes().moduleDefaults().stream().anyMatch(this::isOpen);
    if (module.isEmpty() || open) {
      return List.of();
    }
    Map<String, Value> values = new LinkedHashMap<>();
    Map<String, Location> places = new LinkedHashMap<>();
    Map<String, Located> winning = new LinkedHashMap<>();
    task.attributes().moduleDefaults().forEach(layer -> add(layer, winning));
    winning.forEach((name, defaults) -> addDefaults(action, name, defaults, values, places));
    action.args().forEach((name, value) -> put(name, value, values, places));
    String free = module.get().spec().freeForm();
    action
        .freeForm()
        .filter(text -> !values.containsKey(free))
        .ifPresent(text -> put(free.isEmpty() ? Arguments.FREE_FORM : free, text, values, places));
    // The loader tells of names that the module does not have.
    values.keySet().retainAll(names(module.get(), free));
    return Binder.check(module.get().spec(), values, places, action.at());
  }

  private Set<String> names(Module<?> module, String free) {
    return names.computeIfAbsent(
        module.spec().name(),
        name -> {
          Set<String> all = new HashSet<>(List.of(free, Arguments.FREE_FORM));
          for (Parameter parameter : Parameter.of(module.spec().arguments())) {
            all.add(parameter.name());
            all.addAll(parameter.aliases());
          }
          return all;
        });
  }

  private static void put(
      String name, Located value, Map<String, Value> values, Map<String, Location> places) {
    values.put(name, value.value());
    places.put(name, value.at());
  }

  private static void add(Located layer, Map<String, Located> winning) {
    if (layer.value() instanceof Value.Dict byModule) {
      byModule
          .entries()
          .forEach(
              (name, defaults) ->
                  winning.put(Keywords.text(name), new Located(defaults, layer.at())));
    }
  }

  private void addDefaults(
      Action action,
      String name,
      Located defaults,
      Map<String, Value> values,
      Map<String, Location> places) {
    if (ModuleDefaults.means(name, action, modules)
        && defaults.value() instanceof Value.Dict dict) {
      dict.entries()
          .forEach(
              (key, value) ->
                  put(Keywords.text(key), new Located(value, defaults.at()), values, places));
    }
  }

  /** Whether defaults are not known before the run. */
  private boolean isOpen(Located layer) {
    return !(layer.value() instanceof Value.Dict byModule)
        || byModule.entries().values().stream()
            .anyMatch(defaults -> defaults instanceof Value.Template)
        || byModule.entries().keySet().stream().anyMatch(ModuleArguments::isGroup);
  }

  private static boolean isGroup(Value name) {
    return List.of(Keywords.text(name).split("/")).size() > 1;
  }
}
