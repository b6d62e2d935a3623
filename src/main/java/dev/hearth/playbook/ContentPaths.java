package dev.hearth.playbook;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where roles and collections are searched besides the playbooks' own directories.
 *
 * @param roles directories of roles ({@code roles_path})
 * @param collections directories that hold {@code ansible_collections}, or are one ({@code
 *     collections_path})
 * @param python where modules written in Python are, and whether they may run
 */
public record ContentPaths(List<Path> roles, List<Path> collections, Python python) {

  /** No way for Python. */
  public ContentPaths(List<Path> roles, List<Path> collections) {
    this(roles, collections, Python.OFF);
  }

  /**
   * Where Python's modules are searched besides the playbooks' own directories.
   *
   * @param bridge whether they may run on hosts
   * @param libraries directories of modules
   * @param utils directories of what is imported as {@code ansible.module_utils}
   * @param packages directories of Python's packages on this machine that have Ansible in them,
   *     looked for when they are needed
   */
  public record Python(
      boolean bridge, List<Path> libraries, List<Path> utils, Supplier<List<Path>> packages) {

    /** They may not run. */
    public static final Python OFF = new Python(false, List.of(), List.of(), List::of);

    /** Keeps its own copies. */
    public Python {
      libraries = List.copyOf(libraries);
      utils = List.copyOf(utils);
    }
  }

  /** Keeps its own copies. */
  public ContentPaths {
    roles = List.copyOf(roles);
    collections = List.copyOf(collections);
  }
}
