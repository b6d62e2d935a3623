package dev.hearth.vars;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.SourceFiles;
import dev.hearth.inventory.Group;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.Inventory;
import dev.hearth.value.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * What is known of a host before a play begins: the variables of inventory sources, and the {@code
 * group_vars} and {@code host_vars} beside them and beside the playbook.
 *
 * <p>A file is opened only when a host of the run needs it, and once. Several threads may ask.
 */
public final class VarsFiles {

  private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");

  private final SourceFiles files;
  private final List<Path> inventoryDirectories;
  private final Optional<Path> playbookDirectory;
  private final HashBehaviour behaviour;
  private final ConcurrentMap<Path, Map<String, Located>> read = new ConcurrentHashMap<>();

  /**
   * Variables of these places.
   *
   * @param files opens files, encrypted ones among them
   * @param inventoryDirectories the directories of the inventory's sources, in their order
   * @param playbookDirectory the directory of the playbook, if there is a playbook
   * @param behaviour how mappings of different levels are combined
   */
  public VarsFiles(
      SourceFiles files,
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
      more =
          more.with(
              level, Variable.all(level, variables(directory.resolve("group_vars"), group.name())));
    }
    return more;
  }

  private Layers hostVars(Layers layers, Path directory, Host host, Level level) {
    return layers.with(
        level, Variable.all(level, variables(directory.resolve("host_vars"), host.name())));
  }

  /** The variables of the first file or directory that has the name; directories come first. */
  private Map<String, Located> variables(Path directory, String name) {
    if (name.indexOf('/') >= 0 || name.startsWith(".")) {
      return Map.of();
    }
    for (String ending : ENDINGS) {
      Path candidate = directory.resolve(name + ending);
      if (Files.exists(candidate)) {
        return read.computeIfAbsent(candidate, this::load);
      }
    }
    return Map.of();
  }

  private Map<String, Located> load(Path path) {
    Map<String, Located> variables = new LinkedHashMap<>();
    for (Path file : Files.isDirectory(path) ? filesBelow(path) : List.of(path)) {
      variables.putAll(VariableFile.read(files.open(file)));
    }
    return Collections.unmodifiableMap(variables);
  }

  /**
   * Files of a directory, sorted: those without an ending or with a known one; sub-directories only
   * if they have no ending.
   */
  private static List<Path> filesBelow(Path directory) {
    List<Path> found = new ArrayList<>();
    for (Path child : children(directory)) {
      String name = String.valueOf(child.getFileName());
      int dot = name.lastIndexOf('.');
      String ending = dot < 0 ? "" : name.substring(dot);
      if (name.startsWith(".") || name.endsWith("~")) {
        continue;
      }
      if (Files.isDirectory(child)) {
        found.addAll(ending.isEmpty() ? filesBelow(child) : List.of());
      } else if (ENDINGS.contains(ending)) {
        found.add(child);
      }
    }
    return found;
  }

  private static List<Path> children(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException unreadable) {
      throw Diagnostic.error(ExitCode.INVALID, "the directory " + directory + " cannot be read")
          .because(unreadable.toString())
          .next("check its owner and mode: ls -ld " + directory)
          .failure();
    }
  }
}
