package dev.hearth.playbook;

import dev.hearth.value.Located;
import java.util.List;
import java.util.Optional;

/**
 * How often a task runs.
 *
 * @param kind which keyword makes the loop
 * @param lookup for {@link Kind#WITH} the lookup's name, such as {@code items} or {@code
 *     community.general.flattened}; empty for {@link Kind#LOOP}
 * @param items what is looped over: a list, or a template that gives one; for {@link Kind#WITH} the
 *     terms of the lookup
 * @param loopVar the variable that holds the item
 * @param indexVar the variable that holds the item's index from 0
 * @param label what is shown instead of the item
 * @param pause seconds between two items
 * @param extended whether {@code ansible_loop} is given
 * @param extendedAllItems whether {@code ansible_loop.allitems} is given as well
 * @param breakWhen conditions that end the loop early; all must hold
 */
public record Loop(
    Kind kind,
    String lookup,
    Located items,
    String loopVar,
    Optional<String> indexVar,
    Optional<Located> label,
    Optional<Located> pause,
    Optional<Located> extended,
    Optional<Located> extendedAllItems,
    List<Located> breakWhen) {

  /** Which keyword makes the loop. */
  public enum Kind {
    /** {@code loop}: over exactly the list given. */
    LOOP,
    /** {@code with_<lookup>}: over what the lookup gives. */
    WITH
  }
}
