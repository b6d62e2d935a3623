package dev.hearth.playbook;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where an entry comes from.
 *
 * @param file the file it is written in
 * @param playbookDirectory the directory of the playbook that started it ({@code playbook_dir})
 * @param role the role it belongs to
 * @param searchDirectories where relative files are searched, nearest first: the role and those
 *     that brought it in, the entry's own directory, the playbook's directory; each is tried with
 *     {@code files/}, {@code templates/} or {@code vars/} first
 * @param play what the play around it says before the run
 */
public record Context(
    Path file,
    Path playbookDirectory,
    Optional<RoleInstance> role,
    List<Path> searchDirectories,
    PlayVariables play) {

  /** Keeps its own copy. */
  public Context {
    searchDirectories = List.copyOf(searchDirectories);
  }

  /** The context of a file, with the directories that Ansible searches for it. */
  static Context of(
      Path file, Path playbookDirectory, Optional<RoleInstance> role, PlayVariables play) {
    Set<Path> directories = new LinkedHashSet<>();
    role.ifPresent(
        instance -> {
          directories.add(instance.path());
          instance.parents().reversed().forEach(parent -> directories.add(parent.path()));
        });
    Path own = file.getParent();
    if (own != null) {
      directories.add(own);
    }
    directories.add(playbookDirectory);
    return new Context(file, playbookDirectory, role, List.copyOf(directories), play);
  }

  /** The same for another file of the same role and playbook. */
  Context in(Path other) {
    return of(other, playbookDirectory, role, play);
  }
}
