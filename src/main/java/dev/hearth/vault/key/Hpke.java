package dev.hearth.vault.key;

import org.bouncycastle.crypto.hpke.HPKE;

/** HPKE (RFC 9180) in the one form that age's hybrid keys are used in. */
final class Hpke {

  static final int PUBLIC_KEY_BYTES = 1216;

  private Hpke() {}

  /** MLKEM768-X25519 (X-Wing), HKDF-SHA256, ChaCha20-Poly1305. */
  static HPKE hybrid() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X_WING, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
  }
}
