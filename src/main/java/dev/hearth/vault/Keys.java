package dev.hearth.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a password and a salt give: the key of the cipher, the key of the check sum and the first
 * counter block. The derivation is PBKDF2 with HMAC-SHA256, done by hand because Java's own takes
 * characters, and a password file may hold any bytes.
 */
final class Keys implements AutoCloseable {

  private static final String HASH = "SHA-256";
  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5c;
  private static final int BLOCK_BYTES = 64;
  private static final int ITERATIONS = 10_000;
  private static final int HASH_BYTES = 32;
  private static final int KEY_BYTES = 32;
  private static final int COUNTER_BYTES = 16;

  private final byte[] material;

  private Keys(byte[] material) {
    this.material = material;
  }

  static Keys derive(byte[] password, byte[] salt) {
    byte[] material = new byte[2 * KEY_BYTES + COUNTER_BYTES];
    try {
      // HMAC by hand: Java's hashes the padded password anew for each of the 30,000 sums.
      MessageDigest inner = padded(password, INNER_PAD);
      MessageDigest outer = padded(password, OUTER_PAD);
      for (int block = 0; block * HASH_BYTES < material.length; block++) {
        byte[] sum = block(inner, outer, salt, block + 1);
        int offset = block * HASH_BYTES;
        System.arraycopy(sum, 0, material, offset, Math.min(HASH_BYTES, material.length - offset));
        Arrays.fill(sum, (byte) 0);
      }
    } catch (GeneralSecurityException | CloneNotSupportedException missing) {
      throw noHash(missing);
    }
    return new Keys(material);
  }

  /** A hash that has taken in the password, padded to a block (RFC 2104). */
  private static MessageDigest padded(byte[] password, byte pad) throws GeneralSecurityException {
    MessageDigest hash = MessageDigest.getInstance(HASH);
    byte[] key =
        password.length > BLOCK_BYTES
            ? Arrays.copyOf(hash.digest(password), BLOCK_BYTES)
            : Arrays.copyOf(password, BLOCK_BYTES);
    for (int index = 0; index < BLOCK_BYTES; index++) {
      key[index] ^= pad;
    }
    hash.update(key);
    Arrays.fill(key, (byte) 0);
    return hash;
  }

  private static byte[] block(MessageDigest inner, MessageDigest outer, byte[] salt, int number)
      throws GeneralSecurityException, CloneNotSupportedException {
    byte[] first = Arrays.copyOf(salt, salt.length + Integer.BYTES);
    ByteBuffer.wrap(first).putInt(salt.length, number);
    byte[] last = new byte[HASH_BYTES];
    sum(inner, outer, first, last);
    byte[] sum = last.clone();
    for (int round = 1; round < ITERATIONS; round++) {
      sum(inner, outer, last, last);
      for (int index = 0; index < HASH_BYTES; index++) {
        sum[index] ^= last[index];
      }
    }
    Arrays.fill(last, (byte) 0);
    return sum;
  }

  private static void sum(MessageDigest inner, MessageDigest outer, byte[] text, byte[] into)
      throws GeneralSecurityException, CloneNotSupportedException {
    MessageDigest first = (MessageDigest) inner.clone();
    first.update(text);
    first.digest(into, 0, HASH_BYTES);
    MessageDigest second = (MessageDigest) outer.clone();
    second.update(into);
    second.digest(into, 0, HASH_BYTES);
  }

  /** AES-256 in counter mode, which is the same in both directions. */
  byte[] crypt(byte[] data) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(material, 0, KEY_BYTES, "AES"),
          new IvParameterSpec(material, 2 * KEY_BYTES, COUNTER_BYTES));
      return cipher.doFinal(data);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has AES/CTR", missing);
    }
  }

  /** The check sum of a ciphertext: with the hashes that are warm already, not with a Mac's. */
  byte[] check(byte[] ciphertext) {
    byte[] key = Arrays.copyOfRange(material, KEY_BYTES, 2 * KEY_BYTES);
    try {
      byte[] inner = padded(key, INNER_PAD).digest(ciphertext);
      return padded(key, OUTER_PAD).digest(inner);
    } catch (GeneralSecurityException missing) {
      throw noHash(missing);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static IllegalStateException noHash(Exception missing) {
    return new IllegalStateException("every Java has " + HASH, missing);
  }

  /** The derived bytes: for the test that holds them against a known answer. */
  byte[] material() {
    return material.clone();
  }

  @Override
  public void close() {
    Arrays.fill(material, (byte) 0);
  }
}
