package dev.hearth.template.filter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The old password hash {@code $1$}, as FreeBSD made it. */
final class Md5Crypt {

  private static final String DIGITS =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ROUNDS = 1000;
  private static final int[][] TRIPLES = {
    {0, 6, 12}, {1, 7, 13}, {2, 8, 14}, {3, 9, 15}, {4, 10, 5}
  };

  private Md5Crypt() {}

  /**
   * The hash with its prefix.
   *
   * @param salt at most 8 characters
   */
  static String hash(String password, String salt) {
    byte[] key = password.getBytes(StandardCharsets.UTF_8);
    byte[] seasoning = salt.getBytes(StandardCharsets.UTF_8);
    byte[] alternate = digest(key, seasoning, key);
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    first.writeBytes(key);
    first.writeBytes("$1$".getBytes(StandardCharsets.UTF_8));
    first.writeBytes(seasoning);
    for (int left = key.length; left > 0; left -= alternate.length) {
      first.write(alternate, 0, Math.min(left, alternate.length));
    }
    for (int bits = key.length; bits > 0; bits >>= 1) {
      first.write((bits & 1) != 0 || key.length == 0 ? 0 : key[0]);
    }
    byte[] result = digest(first.toByteArray());
    byte[] none = {};
    for (int i = 0; i < ROUNDS; i++) {
      boolean odd = (i & 1) != 0;
      result =
          digest(
              odd ? key : result,
              i % 3 != 0 ? seasoning : none,
              i % 7 != 0 ? key : none,
              odd ? result : key);
    }
    StringBuilder text = new StringBuilder("$1$" + salt + "$");
    for (int[] triple : TRIPLES) {
      append(text, result[triple[0]], result[triple[1]], result[triple[2]], 4);
    }
    append(text, (byte) 0, (byte) 0, result[11], 2);
    return text.toString();
  }

  private static byte[] digest(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return CodecFilters.digest("MD5", all.toByteArray());
  }

  private static void append(StringBuilder text, byte high, byte middle, byte low, int digits) {
    int word = ((high & 0xff) << 16) | ((middle & 0xff) << 8) | (low & 0xff);
    for (int i = 0; i < digits; i++) {
      text.append(DIGITS.charAt(word & 0x3f));
      word >>= 6;
    }
  }
}
