package dev.hearth.vault.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContext;

/**
 * A hybrid secret key, ML-KEM-768 and X25519 (X-Wing): {@code AGE-SECRET-KEY-PQ-1…}. Its seed is
 * overwritten when it is closed; what Bouncy Castle makes of it while something is opened is not.
 */
public final class HybridIdentity implements Identity {

  /** How many bytes {@link HybridRecipient.Wrapped#encapsulated} has. */
  public static final int ENCAPSULATED_BYTES = 1120;

  private static final String KIND = "age-secret-key-pq-";
  private static final int SEED_BYTES = 32;
  private static final byte[] NOTHING = {};

  private final byte[] seed;
  private final HybridRecipient recipient;

  private HybridIdentity(byte[] seed) {
    this.seed = seed;
    this.recipient = new HybridRecipient(pair().getPublic());
  }

  private AsymmetricCipherKeyPair pair() {
    return Hpke.hybrid().deserializePrivateKey(seed, null);
  }

  /** A new key. */
  public static HybridIdentity random(SecureRandom random) {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return new HybridIdentity(seed);
  }

  static Optional<HybridIdentity> of(String text) {
    return Bech32.decode(KIND, text)
        .filter(seed -> seed.length == SEED_BYTES)
        .map(HybridIdentity::new);
  }

  @Override
  public HybridRecipient recipient() {
    return recipient;
  }

  /**
   * What opens a text that was encrypted for this key (HPKE's OpenBase, RFC 9180).
   *
   * @param encapsulated what came with the text, of the right length
   * @param purpose what it was encrypted for
   * @return nothing if the X25519 half gives all zeros, as a hostile one does
   */
  public Optional<Opening> opening(byte[] encapsulated, String purpose) {
    HPKEContext context;
    try {
      context =
          Hpke.hybrid()
              .setupBaseR(encapsulated, pair(), purpose.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalStateException zero) {
      return Optional.empty();
    }
    return Optional.of(
        wrapped -> {
          try {
            return Optional.of(context.open(NOTHING, wrapped));
          } catch (InvalidCipherTextException other) {
            return Optional.empty();
          }
        });
  }

  @Override
  public String reveal() {
    return Bech32.encode(KIND, seed).toUpperCase(Locale.ROOT);
  }

  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
  }

  /** The public key alone. */
  @Override
  public String toString() {
    return recipient.toString();
  }
}
