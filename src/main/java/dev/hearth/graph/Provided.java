package dev.hearth.graph;

import java.util.Set;

/**
 * What is on the hosts although no task says so: things that Compose files may expect.
 *
 * @param networks names of networks
 * @param volumes names of volumes
 * @param paths paths; what is below them is there, too
 */
public record Provided(Set<String> networks, Set<String> volumes, Set<String> paths) {

  /** Nothing. */
  public static final Provided NONE = new Provided(Set.of(), Set.of(), Set.of());

  /** Keeps its own copies. */
  public Provided {
    networks = Set.copyOf(networks);
    volumes = Set.copyOf(volumes);
    paths = Set.copyOf(paths);
  }
}
