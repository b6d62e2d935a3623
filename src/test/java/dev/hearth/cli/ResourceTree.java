package dev.hearth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A folder of the test's resources. */
final class ResourceTree {

  private ResourceTree() {}

  /** Copies what is in the folder {@code name} into {@code directory}. */
  static void copy(String name, Path directory) throws IOException {
    Path from = Path.of(Objects.requireNonNull(ResourceTree.class.getResource(name)).getPath());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, directory.resolve(from.relativize(file)));
      }
    }
  }
}
