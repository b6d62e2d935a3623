/**
 * Hosts over SSH: who they are, how to get in, and the channels on which workers run. The only room
 * that knows MINA.
 */
@NullMarked
package dev.hearth.ssh;

import org.jspecify.annotations.NullMarked;
