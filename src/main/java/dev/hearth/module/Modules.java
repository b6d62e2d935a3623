package dev.hearth.module;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The modules that there are, by all names that playbooks use for them. */
public final class Modules {

  private final List<Module<?>> all;
  private final Map<String, Module<?>> byName = new LinkedHashMap<>();

  /** These modules; two with the same name are a mistake of ours. */
  public Modules(Collection<? extends Module<?>> modules) {
    all = List.copyOf(modules);
    for (Module<?> module : all) {
      Spec<?> spec = module.spec();
      put(spec.name(), module);
      put(spec.shortName(), module);
      for (String alias : spec.aliases()) {
        put(alias, module);
        put(alias.substring(alias.lastIndexOf('.') + 1), module);
      }
    }
  }

  private void put(String name, Module<?> module) {
    Module<?> other = byName.put(name, module);
    if (other != null && other != module) {
      throw new IllegalArgumentException("two modules are called " + name);
    }
    if (name.startsWith("ansible.builtin.")) {
      byName.put(name.replaceFirst("builtin", "legacy"), module);
    }
  }

  /** The module with that full or short name. */
  public Optional<Module<?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All modules, in the order in which they are listed. */
  public List<Module<?>> all() {
    return all;
  }

  /** All full names, sorted. */
  public Collection<String> names() {
    TreeSet<String> names = new TreeSet<>();
    all.forEach(module -> names.add(module.spec().name()));
    return Collections.unmodifiableCollection(names);
  }
}
