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

  RoleFinder(Reading reading, List<Path> rolesPath) {
    this.reading = reading;
    this.rolesPath = List.copyOf(rolesPath);
  }

  /** The directory of a role; reports when there is none. */
  Optional<Path> find(String name, Location at, Context from) {
    List<Path> directories = directories(name, from);
    String last = name.substring(name.lastIndexOf('.') + 1);
    boolean collection = name.split("\\.").length == 3 && !name.contains("/");
    try {
      for (Path directory : directories) {
        Path path = directory.resolve(name).normalize();
        if (Files.isDirectory(path)) {
          return Optional.of(path.toAbsolutePath());
        }
        Path inCollection = directory.resolve(last).normalize();
        if (collection
            && directory.endsWith("roles")
            && Files.isDirectory(inCollection)
            && directory.toString().contains("ansible_collections")) {
          return Optional.of(inCollection.toAbsolutePath());
        }
      }
    } catch (InvalidPathException impossible) {
      reading.reportLost(
          Diagnostic.error(at, "'" + name + "' cannot be the name of a role")
              .because(String.valueOf(impossible.getReason()))
              .next("correct the name"));
      return Optional.empty();
    }
    reading.reportLost(
        Diagnostic.error(at, "the role '" + name + "' does not exist")
            .exit(ExitCode.NOT_FOUND)
            .because(
                "searched in: "
                    + String.join("\n", directories.stream().map(TaskFiles::shown).toList()))
            .next(
                Nearest.hint(
                    name,
                    neighbours(directories),
                    "create the role, correct its name, or add its directory to roles_path")));
    return Optional.empty();
  }

  private List<Path> directories(String name, Context from) {
    Set<Path> directories = new LinkedHashSet<>();
    Path playbook = from.playbookDirectory();
    String[] parts = name.split("\\.");
    if (parts.length == 3 && !name.contains("/")) {
      directories.add(
          playbook
              .resolve("collections/ansible_collections")
              .resolve(parts[0])
              .resolve(parts[1])
              .resolve("roles"));
    }
    directories.add(playbook.resolve("roles"));
    directories.addAll(rolesPath);
    from.role().map(role -> role.path().getParent()).ifPresent(directories::add);
    directories.add(playbook);
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
