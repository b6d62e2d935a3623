/** Hearth's own format of encrypted texts, as docs/design/vault-format.md specifies it. */
@org.jspecify.annotations.NullMarked
package dev.hearth.vault.strong;
