package dev.hearth.vault;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) by hand: Java's own hashes the padded key anew for each sum, and those of
 * a password are tens of thousands.
 */
final class Hmac {

  static final int BYTES = 32;
  private static final String HASH = "SHA-256";
  private static final int BLOCK_BYTES = 64;

  private final MessageDigest inner;
  private final MessageDigest outer;

  Hmac(byte[] key) {
    this.inner = begun(innerBlock(key));
    this.outer = begun(outerBlock(key));
  }

  /** The block that stands before a text when it is hashed. */
  static byte[] innerBlock(byte[] key) {
    return padded(key, (byte) 0x36);
  }

  /** The block that stands before the text's hash when that is hashed. */
  static byte[] outerBlock(byte[] key) {
    return padded(key, (byte) 0x5c);
  }

  private static byte[] padded(byte[] key, byte pad) {
    byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? hash().digest(key) : key, BLOCK_BYTES);
    for (int index = 0; index < BLOCK_BYTES; index++) {
      block[index] ^= pad;
    }
    return block;
  }

  private static MessageDigest begun(byte[] block) {
    MessageDigest hash = hash();
    hash.update(block);
    Arrays.fill(block, (byte) 0);
    return hash;
  }

  private static MessageDigest hash() {
    try {
      return MessageDigest.getInstance(HASH);
    } catch (GeneralSecurityException missing) {
      throw noHash(missing);
    }
  }

  /** Writes the check sum of a text, which may be the same array. */
  void sum(byte[] text, byte[] into) {
    try {
      MessageDigest first = (MessageDigest) inner.clone();
      first.update(text);
      first.digest(into, 0, BYTES);
      MessageDigest second = (MessageDigest) outer.clone();
      second.update(into);
      second.digest(into, 0, BYTES);
    } catch (GeneralSecurityException | CloneNotSupportedException missing) {
      throw noHash(missing);
    }
  }

  private static IllegalStateException noHash(Exception missing) {
    return new IllegalStateException("every Java has " + HASH, missing);
  }
}
