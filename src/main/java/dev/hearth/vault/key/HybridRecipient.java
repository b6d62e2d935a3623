package dev.hearth.vault.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/**
 * A hybrid public key, ML-KEM-768 and X25519 (X-Wing), in age's form: {@code age1pq1…}. What is
 * encrypted for it stays secret as long as one of the two stands, also before a quantum computer.
 */
public final class HybridRecipient implements Recipient {

  private static final String KIND = "age1pq";
  private static final int SEED_BYTES = 64;
  private static final byte[] NOTHING = {};

  private final byte[] bytes;
  private final AsymmetricKeyParameter key;

  HybridRecipient(AsymmetricKeyParameter key) {
    this.key = key;
    this.bytes = Hpke.hybrid().serializePublicKey(key);
  }

  static Optional<HybridRecipient> of(String text) {
    try {
      return Bech32.decode(KIND, text)
          .filter(bytes -> bytes.length == Hpke.PUBLIC_KEY_BYTES)
          .map(bytes -> new HybridRecipient(Hpke.hybrid().deserializePublicKey(bytes)));
    } catch (IllegalArgumentException outOfRange) {
      // FIPS 203, 7.2: the numbers in it have to be below the modulus.
      return Optional.empty();
    }
  }

  /**
   * A text for the owner of the secret key.
   *
   * @param encapsulated what the owner makes the key of it with
   * @param text the text, encrypted
   */
  public record Wrapped(byte[] encapsulated, byte[] text) {}

  /**
   * Encrypts, each time with a key of its own (HPKE's SealBase, RFC 9180).
   *
   * @param purpose keeps the keys of different uses apart
   */
  public Wrapped wrap(byte[] text, String purpose, SecureRandom random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    try {
      HPKEContextWithEncapsulation context =
          Hpke.hybrid().setupBaseS(key, purpose.getBytes(StandardCharsets.US_ASCII), seed);
      return new Wrapped(context.getEncapsulation(), context.seal(NOTHING, text));
    } catch (InvalidCipherTextException impossible) {
      throw new IllegalStateException("encrypting cannot fail", impossible);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return Bech32.encode(KIND, bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HybridRecipient recipient && Arrays.equals(bytes, recipient.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
