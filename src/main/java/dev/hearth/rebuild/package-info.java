/** Backups, and hosts that are made again from them: {@code docs/design/rebuild.md}. */
@NullMarked
package dev.hearth.rebuild;

import org.jspecify.annotations.NullMarked;
