/** What was done is written down before it is done: {@code docs/design/journal.md}. */
@NullMarked
package dev.hearth.journal;

import org.jspecify.annotations.NullMarked;
