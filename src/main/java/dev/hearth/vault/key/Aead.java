package dev.hearth.vault.key;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encryption that notices every change, with a tag of 16 bytes at the end. */
public enum Aead {
  /** ChaCha20-Poly1305 (RFC 8439), age's. */
  CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20"),
  /** AES-256-GCM (NIST SP 800-38D), Hearth's. */
  AES_256_GCM("AES/GCM/NoPadding", "AES");

  /** How many bytes a nonce has. */
  public static final int NONCE_BYTES = 12;

  /** How many bytes are added to the text. */
  public static final int TAG_BYTES = 16;

  private final String transformation;
  private final String algorithm;

  Aead(String transformation, String algorithm) {
    this.transformation = transformation;
    this.algorithm = algorithm;
  }

  /** Encrypts; a pair of key and nonce must never be used twice. */
  public byte[] seal(byte[] key, byte[] nonce, byte[] bound, byte[] plain) {
    try {
      return run(Cipher.ENCRYPT_MODE, key, nonce, bound, plain);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + transformation, missing);
    }
  }

  /** Decrypts; nothing if the key is not the right one or anything was changed. */
  public Optional<byte[]> open(byte[] key, byte[] nonce, byte[] bound, byte[] sealedText) {
    if (sealedText.length < TAG_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(run(Cipher.DECRYPT_MODE, key, nonce, bound, sealedText));
    } catch (AEADBadTagException changed) {
      return Optional.empty();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + transformation, missing);
    }
  }

  private byte[] run(int mode, byte[] key, byte[] nonce, byte[] bound, byte[] text)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation);
    AlgorithmParameterSpec with =
        this == AES_256_GCM
            ? new GCMParameterSpec(8 * TAG_BYTES, nonce)
            : new IvParameterSpec(nonce);
    cipher.init(mode, new SecretKeySpec(key, algorithm), with);
    cipher.updateAAD(bound);
    return cipher.doFinal(text);
  }

  /** A nonce before the text that it sealed. */
  public byte[] sealWithNonce(byte[] key, byte[] nonce, byte[] bound, byte[] plain) {
    byte[] sealedText = seal(key, nonce, bound, plain);
    byte[] both = Arrays.copyOf(nonce, nonce.length + sealedText.length);
    System.arraycopy(sealedText, 0, both, nonce.length, sealedText.length);
    return both;
  }

  /** Opens what {@link #sealWithNonce} made. */
  public Optional<byte[]> openWithNonce(byte[] key, byte[] bound, byte[] both) {
    if (both.length < NONCE_BYTES + TAG_BYTES) {
      return Optional.empty();
    }
    return open(
        key,
        Arrays.copyOf(both, NONCE_BYTES),
        bound,
        Arrays.copyOfRange(both, NONCE_BYTES, both.length));
  }
}
