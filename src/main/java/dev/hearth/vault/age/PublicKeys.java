package dev.hearth.vault.age;

import dev.hearth.vault.key.Aead;
import dev.hearth.vault.key.CanonicalBase64;
import dev.hearth.vault.key.Hkdf;
import dev.hearth.vault.key.HybridIdentity;
import dev.hearth.vault.key.HybridRecipient;
import dev.hearth.vault.key.Identity;
import dev.hearth.vault.key.Opening;
import dev.hearth.vault.key.Recipient;
import dev.hearth.vault.key.X25519Identity;
import dev.hearth.vault.key.X25519Recipient;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a file key is encrypted for public keys: X25519, and ML-KEM-768 with X25519. */
final class PublicKeys {

  private static final String X25519 = AgeFile.VERSION + "/X25519";
  private static final String HYBRID = AgeFile.FAMILY + "mlkem768x25519";
  private static final byte[] ZERO_NONCE = new byte[Aead.NONCE_BYTES];
  private static final byte[] NOTHING = {};

  private PublicKeys() {}

  static Stanza wrap(byte[] fileKey, Recipient recipient, SecureRandom random) {
    return switch (recipient) {
      case X25519Recipient point -> wrap(fileKey, point, random);
      case HybridRecipient hybrid -> {
        HybridRecipient.Wrapped wrapped = hybrid.wrap(fileKey, HYBRID, random);
        yield stanza(Stanza.HYBRID, wrapped.encapsulated(), wrapped.text());
      }
    };
  }

  private static Stanza wrap(byte[] fileKey, X25519Recipient recipient, SecureRandom random) {
    try (X25519Identity ephemeral = X25519Identity.random(random)) {
      byte[] share = ephemeral.recipient().point();
      byte[] wrapping =
          wrapping(ephemeral.agree(recipient.point()).orElseThrow(), share, recipient);
      byte[] wrapped = Aead.CHACHA20_POLY1305.seal(wrapping, ZERO_NONCE, NOTHING, fileKey);
      Arrays.fill(wrapping, (byte) 0);
      return stanza(Stanza.X25519, share, wrapped);
    }
  }

  private static Stanza stanza(String kind, byte[] share, byte[] wrapped) {
    return new Stanza(List.of(kind, CanonicalBase64.encode(share)), wrapped);
  }

  /**
   * What opens the body of a stanza; it opens nothing if the stanza is for another kind of key.
   *
   * @return nothing if the stanza is hostile
   */
  static Optional<Opening> opening(Stanza stanza, Identity identity) {
    return switch (identity) {
      case X25519Identity secret when stanza.kind().equals(Stanza.X25519) ->
          opening(share(stanza), secret);
      case HybridIdentity secret when stanza.kind().equals(Stanza.HYBRID) ->
          secret.opening(share(stanza), HYBRID);
      default -> Optional.of(wrapped -> Optional.empty());
    };
  }

  private static Optional<Opening> opening(byte[] share, X25519Identity secret) {
    return secret
        .agree(share)
        .map(
            shared -> {
              byte[] wrapping = wrapping(shared, share, secret.recipient());
              return wrapped -> {
                Optional<byte[]> fileKey =
                    Aead.CHACHA20_POLY1305.open(wrapping, ZERO_NONCE, NOTHING, wrapped);
                Arrays.fill(wrapping, (byte) 0);
                return fileKey;
              };
            });
  }

  private static byte[] share(Stanza stanza) {
    return CanonicalBase64.decode(stanza.arguments().get(1)).orElseThrow();
  }

  private static byte[] wrapping(byte[] shared, byte[] share, X25519Recipient recipient) {
    byte[] salt = Arrays.copyOf(share, share.length + recipient.point().length);
    System.arraycopy(recipient.point(), 0, salt, share.length, recipient.point().length);
    byte[] key = Hkdf.derive(shared, salt, X25519);
    Arrays.fill(shared, (byte) 0);
    return key;
  }
}
