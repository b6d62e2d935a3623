package dev.hearth.value;

import dev.hearth.diag.Location;

/**
 * A value and where the user wrote it.
 *
 * @param value the value
 * @param at where its first character stands
 */
public record Located(Value value, Location at) {}
