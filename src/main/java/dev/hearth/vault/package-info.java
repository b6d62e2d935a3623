/** Ansible's vault format, the passwords that open it, and whole files encrypted with it. */
@NullMarked
package dev.hearth.vault;

import org.jspecify.annotations.NullMarked;
