package dev.hearth.template.filter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The password hashes {@code $5$} and {@code $6$} as Ulrich Drepper's paper specifies them. */
public final class ShaCrypt {

  private static final String DIGITS =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int USUAL_ROUNDS = 5000;

  private ShaCrypt() {}

  /**
   * The hash with its prefix.
   *
   * @param type {@code sha256} or {@code sha512}
   * @param salt at most 16 characters
   */
  public static String hash(String type, String password, String salt, int rounds) {
    boolean wide = type.equals("sha512");
    String algorithm = wide ? "SHA-512" : "SHA-256";
    byte[] digest =
        digest(
            algorithm,
            password.getBytes(StandardCharsets.UTF_8),
            salt.getBytes(StandardCharsets.UTF_8),
            rounds);
    String shown = rounds == USUAL_ROUNDS ? "" : "rounds=" + rounds + "$";
    return (wide ? "$6$" : "$5$")
        + shown
        + salt
        + "$"
        + (wide ? encode64(digest) : encode32(digest));
  }

  private static byte[] digest(String algorithm, byte[] password, byte[] salt, int rounds) {
    byte[] alternate = CodecFilters.digest(algorithm, join(password, salt, password));
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    first.writeBytes(password);
    first.writeBytes(salt);
    first.writeBytes(repeat(alternate, password.length));
    for (int bits = password.length; bits > 0; bits >>= 1) {
      first.writeBytes((bits & 1) != 0 ? alternate : password);
    }
    byte[] result = CodecFilters.digest(algorithm, first.toByteArray());
    ByteArrayOutputStream passwords = new ByteArrayOutputStream();
    for (int i = 0; i < password.length; i++) {
      passwords.writeBytes(password);
    }
    byte[] p = repeat(CodecFilters.digest(algorithm, passwords.toByteArray()), password.length);
    ByteArrayOutputStream salts = new ByteArrayOutputStream();
    for (int i = 0; i < 16 + (result[0] & 0xff); i++) {
      salts.writeBytes(salt);
    }
    byte[] s = repeat(CodecFilters.digest(algorithm, salts.toByteArray()), salt.length);
    for (int i = 0; i < rounds; i++) {
      ByteArrayOutputStream round = new ByteArrayOutputStream();
      round.writeBytes((i & 1) != 0 ? p : result);
      round.writeBytes(i % 3 != 0 ? s : new byte[0]);
      round.writeBytes(i % 7 != 0 ? p : new byte[0]);
      round.writeBytes((i & 1) != 0 ? result : p);
      result = CodecFilters.digest(algorithm, round.toByteArray());
    }
    return result;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] repeat(byte[] block, int length) {
    byte[] all = new byte[length];
    for (int i = 0; i < length; i++) {
      all[i] = block[i % block.length];
    }
    return all;
  }

  private static String encode64(byte[] d) {
    StringBuilder text = new StringBuilder();
    int a = 0;
    int b = 21;
    int c = 42;
    for (int i = 0; i < 21; i++) {
      triple(d[a], d[b], d[c], 4, text);
      int moved = a;
      a = b + 1;
      b = c + 1;
      c = moved + 1;
    }
    triple((byte) 0, (byte) 0, d[63], 2, text);
    return text.toString();
  }

  private static String encode32(byte[] d) {
    StringBuilder text = new StringBuilder();
    int a = 0;
    int b = 10;
    int c = 20;
    for (int i = 0; i < 10; i++) {
      triple(d[a], d[b], d[c], 4, text);
      int moved = a;
      a = c + 1;
      c = b + 1;
      b = moved + 1;
    }
    triple((byte) 0, d[31], d[30], 3, text);
    return text.toString();
  }

  private static void triple(byte high, byte middle, byte low, int digits, StringBuilder text) {
    int word = (high & 0xff) << 16 | (middle & 0xff) << 8 | (low & 0xff);
    for (int i = 0; i < digits; i++) {
      text.append(DIGITS.charAt(word & 0x3f));
      word >>= 6;
    }
  }
}
