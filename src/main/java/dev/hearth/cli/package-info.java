/** The command line: from arguments to plain requests, and from outcomes to an exit code. */
@NullMarked
package dev.hearth.cli;

import org.jspecify.annotations.NullMarked;
