/** Keys, and the small pieces of cryptography that the formats age and Hearth's own share. */
@org.jspecify.annotations.NullMarked
package dev.hearth.vault.key;
