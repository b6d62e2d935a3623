/** {@code ansible.cfg} and the environment variables beside it: read, reviewed and shown. */
@NullMarked
package dev.hearth.cli.settings;

import org.jspecify.annotations.NullMarked;
