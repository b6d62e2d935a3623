package dev.hearth.run;

import dev.hearth.module.Modules;
import dev.hearth.playbook.Action;
import dev.hearth.playbook.Task;
import dev.hearth.template.Scope;
import dev.hearth.template.Templar;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code module_defaults} say for one action. A nearer layer replaces what an outer one says
 * for the same module or group; what is said for the module itself wins over its groups.
 */
final class ModuleDefaults {

  /** The groups of collections whose modules there may be, by the beginning of their names. */
  private static final Map<String, Set<String>> GROUPS =
      Map.of(
          "community.docker.", Set.of("community.docker.docker", "docker"),
          "community.postgresql.", Set.of("community.postgresql.all", "postgresql"),
          "community.mysql.", Set.of("community.mysql.all", "mysql"),
          "community.crypto.acme_", Set.of("community.crypto.acme", "acme"),
          "kubernetes.core.helm", Set.of("kubernetes.core.helm", "helm"),
          "kubernetes.core.k8s", Set.of("kubernetes.core.k8s", "k8s"));

  private static final String GROUP = "group/";

  private ModuleDefaults() {}

  /** The defaults for a task's action, weaker ones first. */
  static List<Located> of(Task task, Modules modules, Templar templar, Scope scope) {
    Map<String, Located> winning = new LinkedHashMap<>();
    for (Located layer : task.attributes().moduleDefaults()) {
      if (layer.value() instanceof Value.Dict byModule) {
        byModule
            .entries()
            .forEach(
                (name, defaults) ->
                    winning.put(Keywords.text(name), new Located(defaults, layer.at())));
      }
    }
    List<Located> groups = new ArrayList<>();
    List<Located> own = new ArrayList<>();
    winning.forEach(
        (name, defaults) -> {
          boolean group = name.startsWith(GROUP);
          if (group ? isMember(task.action(), name) : means(name, task.action(), modules)) {
            Located resolved = new Located(templar.resolve(defaults, scope), defaults.at());
            (group ? groups : own).add(resolved);
          }
        });
    groups.addAll(own);
    return groups;
  }

  /** Whether a name of {@code module_defaults} is that of this action or another name it has. */
  static boolean means(String name, Action action, Modules modules) {
    return name.equals(action.name())
        || modules
            .find(name)
            .map(module -> module.spec().name().equals(action.name()))
            .orElse(false);
  }

  /** Whether a {@code group/...} has this action in it. */
  static boolean isMember(Action action, String group) {
    String name = group.substring(GROUP.length()).replace("ansible.builtin.", "");
    return GROUPS.entrySet().stream()
        .filter(each -> action.name().startsWith(each.getKey()))
        .anyMatch(each -> each.getValue().contains(name));
  }
}
