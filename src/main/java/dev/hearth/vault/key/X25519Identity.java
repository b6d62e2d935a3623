package dev.hearth.vault.key;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** An X25519 secret key: {@code AGE-SECRET-KEY-1…}. */
public final class X25519Identity implements Identity {

  private static final String KIND = "age-secret-key-";

  private final byte[] scalar;
  private final X25519Recipient recipient;

  private X25519Identity(byte[] scalar) {
    this.scalar = scalar;
    byte[] point = new byte[X25519Recipient.BYTES];
    X25519.generatePublicKey(scalar, 0, point, 0);
    this.recipient = new X25519Recipient(point);
  }

  /** A new key. */
  public static X25519Identity random(SecureRandom random) {
    byte[] scalar = new byte[X25519Recipient.BYTES];
    random.nextBytes(scalar);
    return new X25519Identity(scalar);
  }

  static Optional<X25519Identity> of(String text) {
    return Bech32.decode(KIND, text)
        .filter(scalar -> scalar.length == X25519Recipient.BYTES)
        .map(X25519Identity::new);
  }

  @Override
  public X25519Recipient recipient() {
    return recipient;
  }

  /**
   * The secret shared with the owner of another public key.
   *
   * @return 32 bytes; nothing if they are all zero, as a hostile key makes them
   */
  public Optional<byte[]> agree(byte[] point) {
    byte[] shared = new byte[X25519Recipient.BYTES];
    return X25519.calculateAgreement(scalar, 0, point, 0, shared, 0)
        ? Optional.of(shared)
        : Optional.empty();
  }

  @Override
  public String reveal() {
    return Bech32.encode(KIND, scalar).toUpperCase(Locale.ROOT);
  }

  @Override
  public void close() {
    Arrays.fill(scalar, (byte) 0);
  }

  /** The public key alone. */
  @Override
  public String toString() {
    return recipient.toString();
  }
}
