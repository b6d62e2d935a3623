/** Modules that run what the user wrote; what they change is known to nobody. */
@NullMarked
package dev.hearth.module.commands;

import org.jspecify.annotations.NullMarked;
