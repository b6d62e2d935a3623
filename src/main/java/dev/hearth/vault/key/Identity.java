package dev.hearth.vault.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An X25519 secret key in age's form: {@code AGE-SECRET-KEY-1…}, as {@code age-keygen} writes it.
 * Its bytes are overwritten when it is closed.
 */
public final class Identity implements AutoCloseable {

  /** What its text starts with. */
  public static final String START = "AGE-SECRET-KEY-1";

  private static final String KIND = "age-secret-key-";

  private final byte[] scalar;
  private final Recipient recipient;

  private Identity(byte[] scalar) {
    this.scalar = scalar;
    byte[] point = new byte[Recipient.BYTES];
    X25519.generatePublicKey(scalar, 0, point, 0);
    this.recipient = new Recipient(point);
  }

  /** A new key. */
  public static Identity random(SecureRandom random) {
    byte[] scalar = new byte[Recipient.BYTES];
    random.nextBytes(scalar);
    return new Identity(scalar);
  }

  /** The key that a text is; none if it is not one. */
  public static Optional<Identity> parse(String text) {
    return Bech32.decode(KIND, text)
        .filter(scalar -> scalar.length == Recipient.BYTES)
        .map(Identity::new);
  }

  /**
   * The keys of a key file: lines of keys, empty lines and comments. A file with any other line is
   * none, so that no password is taken for one.
   */
  public static List<Identity> all(byte[] content) {
    List<Identity> found = new ArrayList<>();
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (!text.contains(START)) {
      return found;
    }
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Optional<Identity> identity = parse(line);
      if (identity.isEmpty()) {
        found.forEach(Identity::close);
        return List.of();
      }
      found.add(identity.get());
    }
    return found;
  }

  /** The public key of it. */
  public Recipient recipient() {
    return recipient;
  }

  /**
   * The secret shared with the owner of another public key.
   *
   * @return 32 bytes; nothing if they are all zero, as a hostile key makes them
   */
  public Optional<byte[]> agree(byte[] point) {
    byte[] shared = new byte[Recipient.BYTES];
    return X25519.calculateAgreement(scalar, 0, point, 0, shared, 0)
        ? Optional.of(shared)
        : Optional.empty();
  }

  /** The text of the secret key, for a key file. */
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
