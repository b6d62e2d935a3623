package dev.hearth.vars;

import dev.hearth.inventory.Group;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.Inventory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a host before a play begins: the variables of inventory sources, and the {@code
 * group_vars} and {@code host_vars} beside them and beside the playbook.
 */
public final class VarsFiles {

  private final VarsDirectories files;
  private final List<Path> inventoryDirectories;
  private final Optional<Path> playbookDirectory;
  private final HashBehaviour behaviour;

  /**
   * Variables of these places.
   *
   * @param files reads {@code group_vars} and {@code host_vars}
   * @param inventoryDirectories the directories of the inventory's sources, in their order
   * @param playbookDirectory the directory of the playbook, if there is a playbook
   * @param behaviour how mappings of different levels are combined
   */
  public VarsFiles(
      VarsDirectories files,
      List<Path> inventoryDirectories,
      Optional<Path> playbookDirectory,
      HashBehaviour behaviour) {
    this.files = files;
    this.behaviour = behaviour;
    this.inventoryDirectories = inventoryDirectories.stream().map(VarsFiles::absolute).toList();
    // A playbook beside the last inventory would only repeat what that inventory already says.
    this.playbookDirectory =
        playbookDirectory
            .map(VarsFiles::absolute)
            .filter(
                directory ->
                    this.inventoryDirectories.isEmpty()
                        || !directory.equals(this.inventoryDirectories.getLast()));
  }

  private static Path absolute(Path directory) {
    return directory.toAbsolutePath().normalize();
  }

  /**
   * A host's variables of the levels from inventory groups to the playbook's {@code host_vars}.
   *
   * @throws dev.hearth.diag.HearthException if a file cannot be read or decrypted
   */
  public Layers layersFor(Host host, Inventory inventory) {
    List<Group> groups = inventory.groupsOf(host);
    Layers layers = Layers.none(behaviour);
    for (Group group : groups) {
      layers =
          layers.with(Level.INVENTORY_GROUP, Variable.all(Level.INVENTORY_GROUP, group.vars()));
    }
    for (Path directory : inventoryDirectories) {
      layers =
          groupVars(
              layers,
              directory,
              groups,
              Level.INVENTORY_GROUP_VARS_ALL,
              Level.INVENTORY_GROUP_VARS);
    }
    if (playbookDirectory.isPresent()) {
      layers =
          groupVars(
              layers,
              playbookDirectory.get(),
              groups,
              Level.PLAYBOOK_GROUP_VARS_ALL,
              Level.PLAYBOOK_GROUP_VARS);
    }
    layers = layers.with(Level.INVENTORY_HOST, Variable.all(Level.INVENTORY_HOST, host.vars()));
    for (Path directory : inventoryDirectories) {
      layers = hostVars(layers, directory, host, Level.INVENTORY_HOST_VARS);
    }
    return playbookDirectory.isPresent()
        ? hostVars(layers, playbookDirectory.get(), host, Level.PLAYBOOK_HOST_VARS)
        : layers;
  }

  private Layers groupVars(
      Layers layers, Path directory, List<Group> groups, Level ofAll, Level ofOthers) {
    Layers more = layers;
    for (Group group : groups) {
      Level level = group.name().equals(Group.ALL) ? ofAll : ofOthers;
      more = more.with(level, Variable.all(level, files.ofGroup(directory, group.name())));
    }
    return more;
  }

  private Layers hostVars(Layers layers, Path directory, Host host, Level level) {
    return layers.with(level, Variable.all(level, files.ofHost(directory, host.name())));
  }
}
