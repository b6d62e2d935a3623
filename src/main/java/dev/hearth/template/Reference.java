package dev.hearth.template;

import dev.hearth.diag.Location;
import java.util.function.Supplier;

/**
 * A variable that a template reads.
 *
 * @param name the root name, such as {@code foo} in {@code foo.bar[0]}
 * @param place finds where it is read; few references are ever asked
 * @param guarded whether the template may do without it: it stands under {@code default}, {@code is
 *     defined} or a condition, so that it need not exist
 */
public record Reference(String name, Supplier<Location> place, boolean guarded) {

  /** Where it is read. */
  public Location at() {
    return place.get();
  }
}
