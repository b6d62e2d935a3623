/** A module that reads the disk, on purpose. */
@NullMarked
package dev.hearth.architecture.bad.module;

import org.jspecify.annotations.NullMarked;
