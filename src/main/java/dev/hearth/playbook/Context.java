package dev.hearth.playbook;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where an entry comes from.
 *
 * @param file the file it is written in
 * @param playbookDirectory the directory of the playbook that started it ({@code playbook_dir})
 * @param role the role it belongs to
 * @param searchDirectories where relative files are searched, nearest first: the role and those
 *     that brought it in, the entry's own directory, the playbook's directory; each is tried with
 *     {@code files/}, {@code templates/} or {@code vars/} first
 */
public record Context(
    Path file, Path playbookDirectory, Optional<RoleInstance> role, List<Path> searchDirectories) {

  /** Keeps its own copy. */
  public Context {
    searchDirectories = List.copyOf(searchDirectories);
  }
}
