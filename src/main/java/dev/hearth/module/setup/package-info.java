/** The module {@code setup}: everything about a host that playbooks ask for, from one script. */
@NullMarked
package dev.hearth.module.setup;

import org.jspecify.annotations.NullMarked;
