package dev.hearth.playbook;

import java.nio.file.Path;
import java.util.List;

/**
 * A playbook with its imported playbooks in their places.
 *
 * @param file the file that was asked for
 * @param plays the plays in their order
 */
public record Playbook(Path file, List<Play> plays) {

  /** Keeps its own copy. */
  public Playbook {
    plays = List.copyOf(plays);
  }
}
