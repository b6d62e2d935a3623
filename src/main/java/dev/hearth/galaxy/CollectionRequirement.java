package dev.hearth.galaxy;

import dev.hearth.diag.Location;
import java.util.Optional;

/**
 * A collection that is asked for.
 *
 * @param at where it is asked for
 * @param name its full name; empty when only its origin says it
 * @param origin where it comes from
 * @param version a range such as {@code >=1.0.0,<2.0.0}, or for a repository a tag, branch or
 *     commit; empty for the newest
 * @param checksum the SHA-256 sum that its archive must have
 */
public record CollectionRequirement(
    Location at,
    Optional<String> name,
    Origin origin,
    Optional<String> version,
    Optional<String> checksum) {

  /** What it is called in messages. */
  String shown() {
    return name.orElseGet(origin::shown);
  }
}
