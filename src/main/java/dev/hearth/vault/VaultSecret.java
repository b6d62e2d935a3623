package dev.hearth.vault;

import dev.hearth.vault.key.Identity;
import java.util.Arrays;
import java.util.List;

/**
 * A vault password with its label, or the age keys that a file of them holds. Its bytes are never
 * printed and are overwritten when it is closed.
 */
final class VaultSecret implements AutoCloseable {

  private final String label;
  private final byte[] password;
  private final List<Identity> identities;

  /** Takes the bytes over: the caller must not use or wipe them afterwards. */
  VaultSecret(String label, byte[] password) {
    this.label = label;
    this.password = password;
    this.identities = Identity.all(password);
  }

  String label() {
    return label;
  }

  /** The password itself, not a copy. */
  byte[] password() {
    return password;
  }

  /** Whether it is a password, and no file of age keys. */
  boolean isPassword() {
    return identities.isEmpty();
  }

  /** The age keys; none if it is a password. */
  List<Identity> identities() {
    return identities;
  }

  @Override
  public void close() {
    Arrays.fill(password, (byte) 0);
    identities.forEach(Identity::close);
  }

  /** The label alone. */
  @Override
  public String toString() {
    return label;
  }
}
