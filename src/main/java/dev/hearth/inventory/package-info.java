/** Which hosts and groups there are, read from inventories, and how patterns choose among them. */
@NullMarked
package dev.hearth.inventory;

import org.jspecify.annotations.NullMarked;
