/** All modules there are, in one list. */
@NullMarked
package dev.hearth.module.library;

import org.jspecify.annotations.NullMarked;
