package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the directories of roles where Ansible looks for them. */
final class RoleFinder {

  private static final List<String> EXTENSIONS = List.of(".yml", ".yaml", ".json", "");

  private final Reading reading;
  private final List<Path> rolesPath;
  private final InstalledCollections installed;

  RoleFinder(Reading reading, List<Path> rolesPath, InstalledCollections installed) {
    this.reading = reading;
    this.installed = installed;
    this.rolesPath = List.copyOf(rolesPath);
  }

  /**
   * A role that was found.
   *
   * @param name its name, with that of the collection that has it
   * @param path its directory
   */
  record Found(String name, Path path) {}

  /**
   * The role of that name; reports when there is none.
   *
   * @param collections where a short name is looked for first
   */
  Optional<Found> find(String name, Location at, Context from, List<String> collections) {
    Optional<Found> inCollection = inCollection(name, collections);
    if (inCollection.isPresent()) {
      return inCollection;
    }
    List<Path> directories = directories(from);
    try {
      for (Path directory : directories) {
        Path path = directory.resolve(name).normalize();
        if (Files.isDirectory(path)) {
          return Optional.of(new Found(name, path.toAbsolutePath()));
        }
      }
    } catch (InvalidPathException impossible) {
      reading.reportLost(
          Diagnostic.error(at, "'" + name + "' cannot be the name of a role")
              .because(String.valueOf(impossible.getReason()))
              .next("correct the name"));
      return Optional.empty();
    }
    reading.reportLost(missing(name, at, directories));
    return Optional.empty();
  }

  /** Where a role of that name probably is; nothing is reported. */
  Optional<Path> guess(String name, Context from) {
    try {
      return directories(from).stream()
          .map(directory -> directory.resolve(name).normalize())
          .filter(Files::isDirectory)
          .findFirst();
    } catch (InvalidPathException impossible) {
      return Optional.empty();
    }
  }

  private Optional<Found> inCollection(String name, List<String> collections) {
    if (InstalledCollections.isFullName(name)) {
      return installed.role(name).map(path -> found(name, path));
    }
    return collections.stream()
        .map(collection -> collection + "." + name)
        .flatMap(full -> installed.role(full).map(path -> found(full, path)).stream())
        .findFirst();
  }

  /** The directories between {@code roles} and the role are no part of the name. */
  private static Found found(String fullName, Path path) {
    String[] parts = fullName.split("\\.");
    return new Found(parts[0] + "." + parts[1] + "." + parts[parts.length - 1], path);
  }

  private Diagnostic missing(String name, Location at, List<Path> directories) {
    List<String> searched = new ArrayList<>();
    if (InstalledCollections.isFullName(name)) {
      String collection = name.substring(0, name.indexOf('.', name.indexOf('.') + 1));
      Optional<Path> there = installed.directory(collection);
      if (there.isEmpty()) {
        return Diagnostic.error(at, "the collection '" + collection + "' is not installed")
            .exit(ExitCode.NOT_FOUND)
            .because(
                "the role '"
                    + name
                    + "' is part of it; searched in: "
                    + String.join("\n", installed.roots().stream().map(TaskFiles::shown).toList()))
            .next("hearth galaxy collection install " + collection);
      }
      searched.add(TaskFiles.shown(there.get().resolve("roles")));
    }
    directories.forEach(directory -> searched.add(TaskFiles.shown(directory)));
    return Diagnostic.error(at, "the role '" + name + "' does not exist")
        .exit(ExitCode.NOT_FOUND)
        .because("searched in: " + String.join("\n", searched))
        .next(
            Nearest.hint(
                name,
                neighbours(directories),
                "create the role, correct its name, or add its directory to roles_path"));
  }

  private List<Path> directories(Context from) {
    Set<Path> directories = new LinkedHashSet<>();
    directories.add(from.playbookDirectory().resolve("roles"));
    directories.addAll(rolesPath);
    from.role().map(role -> role.path().getParent()).ifPresent(directories::add);
    directories.add(from.playbookDirectory());
    return List.copyOf(directories);
  }

  private static List<String> neighbours(List<Path> directories) {
    List<String> names = new ArrayList<>();
    for (Path directory : directories) {
      if (!Files.isDirectory(directory)) {
        continue;
      }
      try (Stream<Path> children = Files.list(directory)) {
        children
            .filter(child -> Files.isDirectory(child.resolve("tasks")))
            .forEach(child -> names.add(String.valueOf(child.getFileName())));
      } catch (IOException unreadable) {
        // Only a proposal is lost: a directory that cannot be listed has no names to propose.
      }
    }
    return names;
  }

  /** The file {@code main}, or one of another name, of a part of a role such as {@code tasks}. */
  static Optional<Path> part(Path role, String part, String name) {
    Path directory = role.resolve(part);
    for (String extension : EXTENSIONS) {
      Path file = directory.resolve(name + extension).normalize();
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** The files of {@code vars} or {@code defaults}: one, or all below a directory of that name. */
  static List<Path> variableFiles(Path role, String part, String name) {
    Path directory = role.resolve(part).resolve(name);
    if (!Files.isDirectory(directory)) {
      return part(role, part, name).map(List::of).orElse(List.of());
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                String last = String.valueOf(file.getFileName());
                return !last.startsWith(".")
                    && !last.endsWith("~")
                    && (!last.contains(".") || last.matches(".*\\.(yml|yaml|json)"));
              })
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw Diagnostic.error(
              ExitCode.NOT_FOUND, "the directory " + TaskFiles.shown(directory) + " cannot be read")
          .because(String.valueOf(unreadable.getMessage()))
          .next("check its permissions")
          .failure();
    }
  }
}
