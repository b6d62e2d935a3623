/** Modules for disks: partitions, volumes and what is reached over the network. */
@NullMarked
package dev.hearth.module.storage;

import org.jspecify.annotations.NullMarked;
