package dev.hearth.playbook;

import dev.hearth.value.Located;
import java.util.List;

/**
 * A task that runs when it was notified.
 *
 * @param task what it does; its name is what {@code notify} names
 * @param listen further topics it answers to
 */
public record Handler(Task task, List<Located> listen) {

  /** Keeps its own copy. */
  public Handler {
    listen = List.copyOf(listen);
  }
}
