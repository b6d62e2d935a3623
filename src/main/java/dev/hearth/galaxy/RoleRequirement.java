package dev.hearth.galaxy;

import dev.hearth.diag.Location;
import java.util.Optional;

/**
 * A role that is asked for.
 *
 * @param at where it is asked for
 * @param name the name under which it is installed
 * @param origin where it comes from
 * @param wanted its name on a Galaxy server, such as {@code geerlingguy.docker}
 * @param version a tag, branch or commit, or a server's version; empty for the newest
 * @param checksum the SHA-256 sum that its archive must have
 */
public record RoleRequirement(
    Location at,
    String name,
    Origin origin,
    String wanted,
    Optional<String> version,
    Optional<String> checksum) {}
