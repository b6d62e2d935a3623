/** The contract of a module: typed arguments in, a verdict out, no way to touch anything. */
@NullMarked
package dev.hearth.module;

import org.jspecify.annotations.NullMarked;
