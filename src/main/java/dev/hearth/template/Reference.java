package dev.hearth.template;

import dev.hearth.diag.Location;

/**
 * A variable that a template reads.
 *
 * @param name the root name, such as {@code foo} in {@code foo.bar[0]}
 * @param at where it is read
 * @param guarded whether the template may do without it: it stands under {@code default}, {@code is
 *     defined} or a condition, so that it need not exist
 */
public record Reference(String name, Location at, boolean guarded) {}
