package dev.hearth.galaxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A role or a collection that is on this machine.
 *
 * @param name its name
 * @param version its version; empty when nothing says it
 */
public record Installed(String name, Optional<String> version) {

  /** The roles in a directory of roles, by name. */
  public static List<Installed> roles(Path directory) {
    return children(directory).stream()
        .filter(
            path ->
                Files.isDirectory(path.resolve("meta")) || Files.isDirectory(path.resolve("tasks")))
        .map(
            path ->
                new Installed(
                    path.getFileName().toString(),
                    Receipt.read(Receipt.ofRole(path))
                        .map(Receipt::version)
                        .filter(version -> !version.isEmpty())))
        .toList();
  }

  /** The collections in a directory {@code ansible_collections}, by name. */
  public static List<Installed> collections(Path directory) {
    List<Installed> found = new ArrayList<>();
    for (Path namespace : children(directory)) {
      for (Path collection : children(namespace)) {
        String name = namespace.getFileName() + "." + collection.getFileName();
        if (CollectionOrigins.NAME.matcher(name).matches()) {
          found.add(
              new Installed(
                  name,
                  CollectionTree.installed(collection)
                      .map(CollectionInfo::version)
                      .filter(version -> !version.equals("*"))));
        }
      }
    }
    return found;
  }

  private static List<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
