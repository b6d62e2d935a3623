/** A room that uses one above it, on purpose. */
@NullMarked
package dev.hearth.architecture.bad.diag;

import org.jspecify.annotations.NullMarked;
