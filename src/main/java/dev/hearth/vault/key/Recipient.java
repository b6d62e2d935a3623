package dev.hearth.vault.key;

import java.util.Arrays;
import java.util.Optional;

/**
 * An X25519 public key in age's form: {@code age1…}.
 *
 * @param point the 32 bytes of the key
 */
public record Recipient(byte[] point) {

  private static final String KIND = "age";
  static final int BYTES = 32;

  /** The key that a text is; none if it is not one. */
  public static Optional<Recipient> parse(String text) {
    return Bech32.decode(KIND, text).filter(point -> point.length == BYTES).map(Recipient::new);
  }

  /** The text of it. */
  @Override
  public String toString() {
    return Bech32.encode(KIND, point);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Recipient recipient && Arrays.equals(point, recipient.point);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(point);
  }
}
