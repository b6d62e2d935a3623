package dev.hearth.vault;

import java.util.Arrays;

/**
 * A vault password with its label. Its bytes are never printed and are overwritten when it is
 * closed.
 */
final class VaultSecret implements AutoCloseable {

  private final String label;
  private final byte[] password;

  /** Takes the bytes over: the caller must not use or wipe them afterwards. */
  VaultSecret(String label, byte[] password) {
    this.label = label;
    this.password = password;
  }

  String label() {
    return label;
  }

  /** The password itself, not a copy. */
  byte[] password() {
    return password;
  }

  @Override
  public void close() {
    Arrays.fill(password, (byte) 0);
  }

  /** The label alone. */
  @Override
  public String toString() {
    return label;
  }
}
