package dev.hearth.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a password and a salt give: the key of the cipher, the key of the check sum and the first
 * counter block. The derivation is PBKDF2 with HMAC-SHA256, done by hand because Java's own takes
 * characters, and a password file may hold any bytes.
 */
final class Keys implements AutoCloseable {

  private static final String HMAC = "HmacSHA256";
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
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(password, HMAC));
      for (int block = 0; block * HASH_BYTES < material.length; block++) {
        byte[] sum = block(mac, salt, block + 1);
        int offset = block * HASH_BYTES;
        System.arraycopy(sum, 0, material, offset, Math.min(HASH_BYTES, material.length - offset));
        Arrays.fill(sum, (byte) 0);
      }
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + HMAC, missing);
    }
    return new Keys(material);
  }

  private static byte[] block(Mac mac, byte[] salt, int number) throws GeneralSecurityException {
    mac.update(salt);
    byte[] last =
        mac.doFinal(
            new byte[] {
              (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
            });
    byte[] sum = last.clone();
    for (int round = 1; round < ITERATIONS; round++) {
      mac.update(last);
      mac.doFinal(last, 0);
      for (int index = 0; index < HASH_BYTES; index++) {
        sum[index] ^= last[index];
      }
    }
    Arrays.fill(last, (byte) 0);
    return sum;
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

  /** The check sum of a ciphertext. */
  byte[] check(byte[] ciphertext) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(material, KEY_BYTES, KEY_BYTES, HMAC));
      return mac.doFinal(ciphertext);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + HMAC, missing);
    }
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
