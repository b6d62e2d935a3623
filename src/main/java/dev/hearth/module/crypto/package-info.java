/** Modules for keys and certificates, which the host makes with its own programs. */
@NullMarked
package dev.hearth.module.crypto;

import org.jspecify.annotations.NullMarked;
