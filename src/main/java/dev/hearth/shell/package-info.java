/**
 * Commands for a POSIX shell as words, never as a line: scripts, their outcomes, and the only
 * quoting code.
 */
@NullMarked
package dev.hearth.shell;

import org.jspecify.annotations.NullMarked;
