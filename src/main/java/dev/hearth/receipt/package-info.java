/** Notes what a run does to hosts, keeps what was there before, and takes it back. */
@NullMarked
package dev.hearth.receipt;

import org.jspecify.annotations.NullMarked;
