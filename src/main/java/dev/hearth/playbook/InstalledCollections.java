package dev.hearth.playbook;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The collections on this machine, found as ansible-core 2.19 finds them: those in {@code
 * collections/} beside the playbooks come before those of {@code collections_path}, and the first
 * directory that has a collection is the one that counts.
 */
public final class InstalledCollections {

  private static final String ROOT = "ansible_collections";
  private static final Pattern FULL_NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*){2,}");
  private static final List<String> PLAYBOOK_ENDINGS = List.of(".yml", ".yaml", ".json");
  private static final Pattern ENDING = Pattern.compile("[.](yml|yaml|json)$");

  private final List<Path> roots;

  /**
   * Collections for these playbooks.
   *
   * @param playbookDirectories the directories of the playbooks that are run together
   * @param collectionsPaths the setting {@code collections_path}
   */
  public InstalledCollections(List<Path> playbookDirectories, List<Path> collectionsPaths) {
    Set<Path> all = new LinkedHashSet<>();
    playbookDirectories.forEach(directory -> all.add(directory.resolve("collections")));
    all.addAll(collectionsPaths);
    List<Path> found = new ArrayList<>();
    for (Path path : all) {
      found.add(path.endsWith(ROOT) ? path : path.resolve(ROOT));
    }
    this.roots = List.copyOf(found);
  }

  /** The same, and behind them those that come with the Ansible of this machine. */
  InstalledCollections and(List<Path> packages) {
    return new InstalledCollections(
        List.of(), Stream.concat(roots.stream(), packages.stream()).toList());
  }

  /** The collection that a file or directory is part of, by the names of the directories. */
  static Optional<String> of(Path path) {
    for (int index = 0; index + 2 < path.getNameCount(); index++) {
      if (path.getName(index).toString().equals(ROOT)) {
        return Optional.of(path.getName(index + 1) + "." + path.getName(index + 2));
      }
    }
    return Optional.empty();
  }

  /** Whether a name is one of a collection's contents: {@code namespace.collection.name}. */
  static boolean isFullName(String name) {
    return FULL_NAME.matcher(name).matches();
  }

  /** The directories in which collections are looked for. */
  List<Path> roots() {
    return roots;
  }

  /** The directory of a collection such as {@code community.general}. */
  Optional<Path> directory(String collection) {
    String relative = collection.replace('.', '/');
    return roots.stream()
        .map(root -> root.resolve(relative))
        .filter(Files::isDirectory)
        .findFirst()
        .map(Path::toAbsolutePath);
  }

  /** The directory of a role by its full name; names behind the second dot may be directories. */
  Optional<Path> role(String fullName) {
    return content(fullName, "roles").filter(Files::isDirectory);
  }

  /** The file of a playbook by its full name; its ending may be left out. */
  public Optional<Path> playbook(String name) {
    String fullName = ENDING.matcher(name).replaceFirst("");
    return content(fullName, "playbooks").stream()
        .flatMap(
            path ->
                PLAYBOOK_ENDINGS.stream()
                    .map(ending -> path.resolveSibling(path.getFileName() + ending)))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The Python file of a module, an action or a plugin of another kind by its full name. */
  Optional<Path> plugin(String kind, String fullName) {
    return content(fullName, "plugins/" + kind)
        .map(path -> path.resolveSibling(path.getFileName() + ".py"))
        .filter(Files::isRegularFile);
  }

  private Optional<Path> content(String fullName, String kind) {
    if (!isFullName(fullName)) {
      return Optional.empty();
    }
    String[] parts = fullName.split("\\.", 3);
    return directory(parts[0] + "." + parts[1])
        .map(directory -> directory.resolve(kind).resolve(parts[2].replace('.', '/')));
  }
}
