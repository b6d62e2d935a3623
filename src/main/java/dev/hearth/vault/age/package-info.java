/** Files in the format age-encryption.org/v1, with passphrases (scrypt) and X25519 keys. */
@org.jspecify.annotations.NullMarked
package dev.hearth.vault.age;
