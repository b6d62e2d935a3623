/** Modules that fetch things from elsewhere, or wait for them, with the tools the host has. */
@NullMarked
package dev.hearth.module.net;

import org.jspecify.annotations.NullMarked;
