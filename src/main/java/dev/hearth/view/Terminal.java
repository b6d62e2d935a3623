package dev.hearth.view;

import java.io.PrintStream;

/**
 * Where a view writes.
 *
 * @param out results and data
 * @param err progress, warnings and errors
 * @param width columns of a line; 80 when it is not a terminal
 * @param palette colours or none
 */
public record Terminal(PrintStream out, PrintStream err, int width, Palette palette) {}
