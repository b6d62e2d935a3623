/**
 * What can be read from a host without changing it: each fact names its probe and understands the
 * answer.
 */
@NullMarked
package dev.hearth.fact;

import org.jspecify.annotations.NullMarked;
