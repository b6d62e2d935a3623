package dev.hearth.cli;

import dev.hearth.inventory.Group;
import dev.hearth.inventory.Host;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The variables of hosts and groups as an inventory report shows them: not evaluated. */
final class InventoryVariables {

  private final Workbench bench;
  private final Optional<Path> playbookDirectory;
  private final Environment environment;
  private final boolean export;

  /**
   * @param playbookDirectory where the playbook's {@code group_vars} and {@code host_vars} are;
   *     what a host has in the end also comes from the working directory when nothing is named
   * @param export whether a host has only what is set on the host itself
   */
  InventoryVariables(
      Workbench bench, Optional<Path> playbookDirectory, Environment environment, boolean export) {
    this.bench = bench;
    this.environment = environment;
    this.playbookDirectory = playbookDirectory;
    this.export = export;
  }

  /** A host's variables, sorted. */
  Map<String, Value> ofHost(Host host) {
    Map<String, Value> all = new TreeMap<>();
    if (export) {
      host.vars().forEach((name, value) -> all.put(name, value.value()));
      for (Path directory : directories()) {
        bench
            .varsDirectories()
            .ofHost(directory, host.name())
            .forEach((name, value) -> add(name, value, all));
      }
    } else {
      bench
          .variables(host, Optional.of(playbookDirectory.orElse(environment.workingDirectory())))
          .winners()
          .forEach((name, variable) -> all.put(name, variable.value()));
    }
    return all;
  }

  /** The variables that are set on a group itself and in the files beside the sources, sorted. */
  Map<String, Value> ofGroup(Group group) {
    Map<String, Value> all = new TreeMap<>();
    group.vars().forEach((name, value) -> all.put(name, value.value()));
    for (Path directory : directories()) {
      bench
          .varsDirectories()
          .ofGroup(directory, group.name())
          .forEach((name, value) -> add(name, value, all));
    }
    if (group.priority() != 1) {
      all.put("ansible_group_priority", Value.number(group.priority()));
    }
    return all;
  }

  private void add(String name, Located value, Map<String, Value> all) {
    all.merge(name, value.value(), bench.hashBehaviour()::combined);
  }

  /** Variables as a mapping. */
  static Value.Dict dict(Map<String, Value> variables) {
    return Value.Dict.ofTexts(variables);
  }

  private List<Path> directories() {
    List<Path> all = new ArrayList<>(bench.inventory().directories());
    playbookDirectory.ifPresent(all::add);
    return all;
  }
}
