/**
 * Real OpenSSH hosts for integration tests: containers of the image that {@code test-hosts/build}
 * makes, each with its own host key.
 */
@NullMarked
package dev.hearth.testhosts;

import org.jspecify.annotations.NullMarked;
