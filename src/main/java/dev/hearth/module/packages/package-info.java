/** Modules for packages and the repositories that they come from. */
@NullMarked
package dev.hearth.module.packages;

import org.jspecify.annotations.NullMarked;
