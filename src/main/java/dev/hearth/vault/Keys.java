package dev.hearth.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a password and a salt give: the key of the cipher, the key of the check sum and the first
 * counter block. The derivation is PBKDF2 with HMAC-SHA256.
 */
final class Keys implements AutoCloseable {

  private static final int ITERATIONS = 10_000;
  private static final int KEY_BYTES = 32;
  private static final int COUNTER_BYTES = 16;
  private static final int MATERIAL_BYTES = 2 * KEY_BYTES + COUNTER_BYTES;

  private final byte[] material;

  private Keys(byte[] material) {
    this.material = material;
  }

  static Keys derive(byte[] password, byte[] salt) {
    return new Keys(Pbkdf2.derive(password, salt, ITERATIONS, MATERIAL_BYTES));
  }

  /** The keys that one password gives with each of these salts. */
  static List<Keys> derive(byte[] password, List<byte[]> salts) {
    return Pbkdf2Lanes.derive(password, salts, ITERATIONS, MATERIAL_BYTES).stream()
        .map(Keys::new)
        .toList();
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
    byte[] key = Arrays.copyOfRange(material, KEY_BYTES, 2 * KEY_BYTES);
    byte[] sum = new byte[Hmac.BYTES];
    new Hmac(key).sum(ciphertext, sum);
    Arrays.fill(key, (byte) 0);
    return sum;
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
