package dev.hearth.playbook;

import java.nio.file.Path;
import java.util.List;

/**
 * A module that is a Python file of this machine.
 *
 * @param name by which Python imports it, such as {@code ansible_collections.a.b.plugins.modules.c}
 * @param file where it is
 * @param utils directories of what it imports as {@code ansible.module_utils}, the first first
 * @param collections directories that hold {@code ansible_collections}' contents
 * @param packages directories of Python's packages that have Ansible in them
 */
public record PythonModule(
    String name, Path file, List<Path> utils, List<Path> collections, List<Path> packages) {

  /** Keeps its own copies. */
  public PythonModule {
    utils = List.copyOf(utils);
    collections = List.copyOf(collections);
    packages = List.copyOf(packages);
  }
}
