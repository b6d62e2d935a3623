/** This machine itself as a host: the worker's shell is a process next to ours. */
@NullMarked
package dev.hearth.local;

import org.jspecify.annotations.NullMarked;
