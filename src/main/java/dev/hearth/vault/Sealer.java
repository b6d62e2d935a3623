package dev.hearth.vault;

/** Encrypts, for recipients and in a format that are decided already. */
@FunctionalInterface
interface Sealer {

  /** What the bytes become; they stay the caller's. */
  Ciphertext seal(byte[] plain);
}
