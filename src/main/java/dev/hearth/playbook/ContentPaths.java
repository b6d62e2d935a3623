package dev.hearth.playbook;

import java.nio.file.Path;
import java.util.List;

/**
 * Where roles and collections are searched besides the playbooks' own directories.
 *
 * @param roles directories of roles ({@code roles_path})
 * @param collections directories that hold {@code ansible_collections}, or are one ({@code
 *     collections_path})
 */
public record ContentPaths(List<Path> roles, List<Path> collections) {

  /** Keeps its own copies. */
  public ContentPaths {
    roles = List.copyOf(roles);
    collections = List.copyOf(collections);
  }
}
