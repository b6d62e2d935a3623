package dev.hearth.vault.strong;

import dev.hearth.vault.key.Aead;
import dev.hearth.vault.key.CanonicalBase64;
import dev.hearth.vault.key.Hkdf;
import dev.hearth.vault.key.HybridIdentity;
import dev.hearth.vault.key.HybridRecipient;
import dev.hearth.vault.key.Recipient;
import dev.hearth.vault.key.X25519Identity;
import dev.hearth.vault.key.X25519Recipient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/** One recipient: a way to the file key. */
public sealed interface Stanza {

  /** The kind of recipient, as the header names it. */
  String ARGON2ID = "argon2id";

  /** The same for a public key. */
  String X25519 = "X25519";

  /** The same for a hybrid public key. */
  String HYBRID = "mlkem768x25519";

  /** Lets the owner of a public key open a file. */
  static Stanza of(Recipient recipient, FileKey key, SecureRandom random) {
    return switch (recipient) {
      case X25519Recipient point -> PublicKey.of(point, key, random);
      case HybridRecipient hybrid -> Hybrid.of(hybrid, key, random);
    };
  }

  /** The first line, as it is written. */
  String line();

  /** The second line, as it is written. */
  String body();

  /**
   * A passphrase.
   *
   * @param salt what its key is derived with
   * @param cost what a guess costs
   * @param label the vault id that it is known under
   */
  record Passphrase(String line, String body, byte[] salt, Cost cost, String label)
      implements Stanza {

    private static final int SALT_BYTES = 16;

    /** The file key, for the owner of the key that the passphrase gives. */
    public Optional<FileKey> open(byte[] wrapping) {
      return CanonicalBase64.decode(body)
          .flatMap(
              both ->
                  Aead.AES_256_GCM.openWithNonce(
                      wrapping, line.getBytes(StandardCharsets.US_ASCII), both))
          .map(FileKey::new);
    }

    /** A salt that nobody else has. */
    public static byte[] salt(SecureRandom random) {
      return random(SALT_BYTES, random);
    }

    /** Lets a passphrase open a file. */
    public static Passphrase of(
        byte[] wrapping, byte[] salt, Cost cost, String label, FileKey key, SecureRandom random) {
      String line =
          "-> " + ARGON2ID + " " + CanonicalBase64.encode(salt) + " " + cost.text() + " " + label;
      byte[] both =
          Aead.AES_256_GCM.sealWithNonce(
              wrapping,
              random(Aead.NONCE_BYTES, random),
              line.getBytes(StandardCharsets.US_ASCII),
              key.bytes());
      return new Passphrase(line, CanonicalBase64.encode(both), salt, cost, label);
    }
  }

  /**
   * A public key; its owner is not told.
   *
   * @param share the public half of the key that was made for this recipient alone
   */
  record PublicKey(String line, String body, byte[] share) implements Stanza {

    private static final byte[] ZERO_NONCE = new byte[Aead.NONCE_BYTES];
    private static final byte[] NOTHING = {};

    /** The file key, for the owner of the secret key. */
    public Optional<FileKey> open(X25519Identity identity) {
      return identity
          .agree(share)
          .map(shared -> wrapping(shared, share, identity.recipient()))
          .flatMap(
              wrapping ->
                  CanonicalBase64.decode(body)
                      .flatMap(
                          wrapped -> Aead.AES_256_GCM.open(wrapping, ZERO_NONCE, NOTHING, wrapped)))
          .map(FileKey::new);
    }

    /** Lets the owner of a public key open a file. */
    static PublicKey of(X25519Recipient recipient, FileKey key, SecureRandom random) {
      try (X25519Identity ephemeral = X25519Identity.random(random)) {
        byte[] share = ephemeral.recipient().point();
        byte[] wrapping =
            wrapping(ephemeral.agree(recipient.point()).orElseThrow(), share, recipient);
        byte[] wrapped = Aead.AES_256_GCM.seal(wrapping, ZERO_NONCE, NOTHING, key.bytes());
        Arrays.fill(wrapping, (byte) 0);
        return new PublicKey(
            "-> " + X25519 + " " + CanonicalBase64.encode(share),
            CanonicalBase64.encode(wrapped),
            share);
      }
    }

    private static byte[] wrapping(byte[] shared, byte[] share, X25519Recipient recipient) {
      byte[] salt = Arrays.copyOf(share, share.length + recipient.point().length);
      System.arraycopy(recipient.point(), 0, salt, share.length, recipient.point().length);
      byte[] key = Hkdf.derive(shared, salt, "hearth-vault/1/X25519");
      Arrays.fill(shared, (byte) 0);
      return key;
    }
  }

  /**
   * A hybrid public key; its owner is not told.
   *
   * @param encapsulated what the owner makes the key of the file key with
   */
  record Hybrid(String line, String body, byte[] encapsulated) implements Stanza {

    private static final String PURPOSE = "hearth-vault/1/" + HYBRID;

    /** The file key, for the owner of the secret key. */
    public Optional<FileKey> open(HybridIdentity identity) {
      return identity
          .opening(encapsulated, PURPOSE)
          .flatMap(opening -> CanonicalBase64.decode(body).flatMap(opening::open))
          .map(FileKey::new);
    }

    static Hybrid of(HybridRecipient recipient, FileKey key, SecureRandom random) {
      HybridRecipient.Wrapped wrapped = recipient.wrap(key.bytes(), PURPOSE, random);
      return new Hybrid(
          "-> " + HYBRID + " " + CanonicalBase64.encode(wrapped.encapsulated()),
          CanonicalBase64.encode(wrapped.text()),
          wrapped.encapsulated());
    }
  }

  /** A recipient of a kind that a later Hearth may know. */
  record Unknown(String line, String body) implements Stanza {}

  private static byte[] random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
