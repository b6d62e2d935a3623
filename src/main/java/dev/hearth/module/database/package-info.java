/** Modules for databases, which speak to them by their own clients on the host. */
@NullMarked
package dev.hearth.module.database;

import org.jspecify.annotations.NullMarked;
