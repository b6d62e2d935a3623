package dev.hearth.connection;

import java.security.SecureRandom;
import java.util.HexFormat;

/** 128 random bits as text: no output contains them by chance. */
final class Nonce {

  private static final int BYTES = 16;

  private Nonce() {}

  static String next(SecureRandom random) {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }
}
