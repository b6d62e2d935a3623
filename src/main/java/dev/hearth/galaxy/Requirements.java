package dev.hearth.galaxy;

import java.util.List;

/**
 * What a requirements file or a command line asks for.
 *
 * @param roles roles, in their order
 * @param collections collections, in their order
 */
public record Requirements(List<RoleRequirement> roles, List<CollectionRequirement> collections) {

  /** Keeps its own copies. */
  public Requirements {
    roles = List.copyOf(roles);
    collections = List.copyOf(collections);
  }
}
