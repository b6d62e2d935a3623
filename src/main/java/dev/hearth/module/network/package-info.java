/** Modules for the network connections of a host. */
@NullMarked
package dev.hearth.module.network;

import org.jspecify.annotations.NullMarked;
