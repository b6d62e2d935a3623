/**
 * Carries out a run: plays, batches, blocks, tasks, handlers. The only room where the language and
 * the wire meet.
 */
@NullMarked
package dev.hearth.run;

import org.jspecify.annotations.NullMarked;
