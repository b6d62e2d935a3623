package dev.hearth.vault;

import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** The password hash bcrypt. */
public final class Bcrypt {

  private Bcrypt() {}

  /**
   * The hash with its prefix.
   *
   * @param version {@code 2a}, {@code 2b} or {@code 2y}
   * @param password bytes behind the 72nd do not count
   * @param salt 16 bytes
   * @param cost the binary logarithm of the rounds, 4 to 31
   */
  public static String hash(String version, byte[] password, byte[] salt, int cost) {
    return OpenBSDBCrypt.generate(version, password, salt, cost);
  }
}
