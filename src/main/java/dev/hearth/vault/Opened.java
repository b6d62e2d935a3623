package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import java.util.Arrays;
import java.util.Optional;

/**
 * What came out of an encrypted text.
 *
 * @param plain the bytes; they belong to the caller
 * @param secret what opened it
 * @param again encrypts another content for the same recipients in the same format
 * @param closed why that cannot be done, if it cannot
 */
record Opened(byte[] plain, VaultSecret secret, Sealer again, Optional<Diagnostic> closed) {

  Opened(byte[] plain, VaultSecret secret, Sealer again) {
    this(plain, secret, again, Optional.empty());
  }

  /** Refuses a text that can be read, but not changed, before anybody works on it. */
  Opened changeable() {
    if (closed.isPresent()) {
      Arrays.fill(plain, (byte) 0);
      throw closed.get().failure();
    }
    return this;
  }

  /** The place and the label alone. */
  @Override
  public String toString() {
    return "opened with " + secret;
  }
}
