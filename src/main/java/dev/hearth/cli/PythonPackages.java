package dev.hearth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where this machine has Ansible's own Python, if it has any: beside the program {@code ansible} of
 * the path (in a virtual environment, or one of pipx), else where Linux distributions and pip put
 * packages. Nothing is run to find it.
 */
final class PythonPackages implements Supplier<List<Path>> {

  private static final Path MARK = Path.of("ansible/module_utils/basic.py");

  private final Environment environment;
  private @Nullable List<Path> found;

  PythonPackages(Environment environment) {
    this.environment = environment;
  }

  @Override
  public synchronized List<Path> get() {
    List<Path> known = found;
    if (known == null) {
      known = find();
      found = known;
    }
    return known;
  }

  private List<Path> find() {
    Set<Path> prefixes = new LinkedHashSet<>();
    Optional.ofNullable(environment.variables().get("VIRTUAL_ENV"))
        .ifPresent(directory -> prefixes.add(Path.of(directory)));
    for (String directory : environment.variables().getOrDefault("PATH", "").split(":")) {
      program(directory).ifPresent(prefixes::add);
    }
    prefixes.add(environment.home().resolve(".local"));
    prefixes.add(Path.of("/usr/local"));
    prefixes.add(Path.of("/usr"));
    List<Path> packages = new ArrayList<>();
    for (Path prefix : prefixes) {
      for (Path library : matching(prefix.resolve("lib"), "python3*")) {
        for (String kind : List.of("site-packages", "dist-packages")) {
          Path directory = library.resolve(kind);
          if (Files.isRegularFile(directory.resolve(MARK))) {
            packages.add(directory);
          }
        }
      }
    }
    return packages.stream().distinct().toList();
  }

  /** The directory above that of the program, links followed. */
  private static Optional<Path> program(String directory) {
    Path program = Path.of(directory).resolve("ansible");
    if (directory.isEmpty() || !Files.isExecutable(program)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(program.toRealPath().getParent()).map(Path::getParent);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static List<Path> matching(Path directory, String pattern) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, pattern)) {
      entries.forEach(all::add);
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of();
    }
    return all.stream().sorted().toList();
  }
}
