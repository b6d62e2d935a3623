package dev.hearth.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * PBKDF2 with HMAC-SHA256 (RFC 8018, 5.2), done by hand because Java's own takes characters, and a
 * password file may hold any bytes. {@link Pbkdf2Lanes} derives many keys at once.
 */
final class Pbkdf2 {

  private Pbkdf2() {}

  /** A key of so many bytes, which belong to the caller. */
  static byte[] derive(byte[] password, byte[] salt, int iterations, int length) {
    Hmac hmac = new Hmac(password);
    byte[] key = new byte[length];
    for (int block = 0; block * Hmac.BYTES < length; block++) {
      byte[] sum = block(hmac, first(hmac, salt, block), iterations);
      int offset = block * Hmac.BYTES;
      System.arraycopy(sum, 0, key, offset, Math.min(Hmac.BYTES, length - offset));
      Arrays.fill(sum, (byte) 0);
    }
    return key;
  }

  /** The first sum of a block, from which the others are made. The first block is number 0. */
  static byte[] first(Hmac hmac, byte[] salt, int block) {
    byte[] text = Arrays.copyOf(salt, salt.length + Integer.BYTES);
    ByteBuffer.wrap(text).putInt(salt.length, block + 1);
    byte[] sum = new byte[Hmac.BYTES];
    hmac.sum(text, sum);
    return sum;
  }

  private static byte[] block(Hmac hmac, byte[] last, int iterations) {
    byte[] sum = last.clone();
    for (int round = 1; round < iterations; round++) {
      hmac.sum(last, last);
      for (int index = 0; index < Hmac.BYTES; index++) {
        sum[index] ^= last[index];
      }
    }
    Arrays.fill(last, (byte) 0);
    return sum;
  }
}
