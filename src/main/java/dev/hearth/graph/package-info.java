/** Services, their order and their gates: {@code docs/design/bootstrap.md}. */
@NullMarked
package dev.hearth.graph;

import org.jspecify.annotations.NullMarked;
