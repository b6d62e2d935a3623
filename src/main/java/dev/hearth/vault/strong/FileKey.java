package dev.hearth.vault.strong;

import dev.hearth.vault.key.Hkdf;
import java.security.SecureRandom;
import java.util.Arrays;

/** The key of a file, which each of its recipients can get at. It is wiped when it is closed. */
public final class FileKey implements AutoCloseable {

  static final int BYTES = 32;
  private static final byte[] NO_SALT = {};

  private final byte[] bytes;

  /** Takes the bytes over. */
  FileKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  public static FileKey random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new FileKey(bytes);
  }

  /** The key itself, not a copy. */
  byte[] bytes() {
    return bytes;
  }

  byte[] derive(String purpose) {
    return derive(NO_SALT, purpose);
  }

  byte[] derive(byte[] salt, String purpose) {
    return Hkdf.derive(bytes, salt, "hearth-vault/1/" + purpose);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "***";
  }
}
