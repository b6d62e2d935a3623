/** Modules for Docker, which speak to the engine by its own command line and its JSON. */
@NullMarked
package dev.hearth.module.docker;

import org.jspecify.annotations.NullMarked;
