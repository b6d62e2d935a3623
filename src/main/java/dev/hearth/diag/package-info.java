/**
 * What is wrong, where, why and what to do next: diagnostics with file, line and column, and the
 * one table of exit codes.
 */
@NullMarked
package dev.hearth.diag;

import org.jspecify.annotations.NullMarked;
