/** A way to a host: one connection, one long-lived shell for each user it becomes. */
@NullMarked
package dev.hearth.connection;

import org.jspecify.annotations.NullMarked;
