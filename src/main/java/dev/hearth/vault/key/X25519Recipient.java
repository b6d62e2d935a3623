package dev.hearth.vault.key;

import java.util.Arrays;
import java.util.Optional;

/**
 * An X25519 public key in age's form: {@code age1…}.
 *
 * @param point the 32 bytes of the key
 */
public record X25519Recipient(byte[] point) implements Recipient {

  private static final String KIND = "age";
  static final int BYTES = 32;

  static Optional<X25519Recipient> of(String text) {
    return Bech32.decode(KIND, text)
        .filter(point -> point.length == BYTES)
        .map(X25519Recipient::new);
  }

  @Override
  public String toString() {
    return Bech32.encode(KIND, point);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof X25519Recipient recipient && Arrays.equals(point, recipient.point);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(point);
  }
}
