package dev.hearth.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where relative files of lookups, includes and modules are searched, in this order.
 *
 * @param directories absolute directories: the role, the task file's directory, the playbook's
 *     directory. In each, the sub-directory of the kind ({@code files}, {@code templates}, {@code
 *     vars}) is tried first, then the directory itself.
 */
public record SearchPath(List<Path> directories) {

  /** A path that finds only absolute names. */
  public static final SearchPath NONE = new SearchPath(List.of());

  /** Keeps its own copy. */
  public SearchPath {
    directories = List.copyOf(directories);
  }

  /**
   * All places where the file may be, best first.
   *
   * @param kind the sub-directory to try first, such as {@code files}
   * @param name the file as the user wrote it; an absolute one has only one place
   */
  public List<Path> candidates(String kind, String name) {
    Path file = Path.of(name);
    if (file.isAbsolute()) {
      return List.of(file.normalize());
    }
    List<Path> places = new ArrayList<>();
    for (Path directory : directories) {
      places.add(directory.resolve(kind).resolve(file).normalize());
      places.add(directory.resolve(file).normalize());
    }
    return places.stream().distinct().toList();
  }

  /** The first of the candidates that exists. */
  public Optional<Path> find(String kind, String name) {
    return candidates(kind, name).stream().filter(Files::exists).findFirst();
  }
}
