/** Modules that make, change and read files on a host, and the way in which a file is written. */
@NullMarked
package dev.hearth.module.files;

import org.jspecify.annotations.NullMarked;
