package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds files that are named in a playbook. */
final class TaskFiles {

  private final Reading reading;
  private final InstalledCollections installed;

  TaskFiles(Reading reading, InstalledCollections installed) {
    this.reading = reading;
    this.installed = installed;
  }

  /**
   * A name that must be known before the run: a text, or a template of what is known by then.
   *
   * @param entries variables of the entries around it and of its own
   */
  Optional<String> staticName(
      Located name, Context context, Map<String, Located> entries, String what, String next) {
    Optional<Value> known = reading.known(name, context, entries, what, next);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    String characters = Shapes.characters(known.get()).strip();
    if (characters.isEmpty()) {
      reading.report(Diagnostic.error(name.at(), what + " is empty").next("name a file"));
      return Optional.empty();
    }
    return Optional.of(characters);
  }

  /** The task file of that name, searched from where it is named; reports when there is none. */
  Optional<Path> taskFile(String name, Location at, Context context) {
    Set<Path> directories = new LinkedHashSet<>();
    Path own = context.file().getParent();
    if (own != null) {
      directories.add(own);
    }
    context
        .role()
        .ifPresent(
            role -> {
              directories.add(role.path().resolve("tasks"));
              directories.add(role.path());
            });
    directories.add(context.playbookDirectory().resolve("tasks"));
    directories.add(context.playbookDirectory());
    return find(name, at, "the task file", List.copyOf(directories));
  }

  /**
   * The playbook of that name: a file in the directory, or one of a collection by its full name;
   * reports when there is none.
   */
  Optional<Path> playbook(String name, Location at, Path directory) {
    return installed.playbook(name).or(() -> find(name, at, "the playbook", List.of(directory)));
  }

  /** The first of the directories that has the file; reports when there is none. */
  Optional<Path> find(String name, Location at, String what, List<Path> directories) {
    try {
      for (Path directory : directories) {
        Path file = directory.resolve(name).normalize();
        if (Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      }
    } catch (InvalidPathException impossible) {
      reading.report(
          Diagnostic.error(at, "'" + name + "' cannot be the name of a file")
              .because(String.valueOf(impossible.getReason()))
              .next("correct the name"));
      return Optional.empty();
    }
    reading.reportLost(missing(name, at, what, directories));
    return Optional.empty();
  }

  static Diagnostic missing(String name, Location at, String what, List<Path> directories) {
    boolean absolute = Path.of(name).isAbsolute();
    List<String> searched =
        absolute
            ? List.of(name)
            : directories.stream()
                .map(directory -> shown(directory.resolve(name).normalize()))
                .distinct()
                .toList();
    return Diagnostic.error(at, what + " '" + name + "' does not exist")
        .exit(ExitCode.NOT_FOUND)
        .because("searched: " + String.join("\n", searched))
        .next(
            Nearest.hint(
                name, neighbours(name, directories), "create the file or correct its name"));
  }

  /** Names like this one in the same places. */
  private static List<String> neighbours(String name, List<Path> directories) {
    List<String> names = new ArrayList<>();
    int slash = name.lastIndexOf('/');
    String folder = slash < 0 ? "" : name.substring(0, slash + 1);
    for (Path directory : directories) {
      Path inside = directory.resolve(folder);
      if (!Files.isDirectory(inside)) {
        continue;
      }
      try (Stream<Path> files = Files.list(inside)) {
        files
            .filter(Files::isRegularFile)
            .map(file -> folder + file.getFileName())
            .forEach(names::add);
      } catch (IOException unreadable) {
        // Only a proposal is lost: a directory that cannot be listed has no names to propose.
      }
    }
    return names;
  }

  /** The path as people know it: relative to the working directory when it is inside. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.isAbsolute() && path.startsWith(here) && !path.equals(here)
        ? here.relativize(path).toString()
        : path.toString();
  }
}
