package dev.hearth.vault;

import dev.hearth.vault.key.Recipient;
import java.util.List;
import java.util.Optional;

/**
 * Settings that change how a vault opens and seals.
 *
 * @param onlyItsLabel whether a text is tried only with the passwords of its own label ({@code
 *     vault_id_match}); otherwise with all, those of its label first
 * @param salt the salt of every encryption ({@code vault_encrypt_salt}); a new random one each time
 *     if there is none, which is what is safe
 * @param format what new texts are written in; if none, Ansible's, or ours where Ansible's cannot
 *     do what is asked for
 * @param recipients public keys that new texts are encrypted for as well
 * @param otherLabels labels of passwords that new texts are encrypted for as well
 */
public record VaultPolicy(
    boolean onlyItsLabel,
    Optional<String> salt,
    Optional<Format> format,
    List<Recipient> recipients,
    List<String> otherLabels) {

  /** All passwords are tried, each encryption has a salt of its own. */
  public static final VaultPolicy USUAL = new VaultPolicy(false, Optional.empty());

  /** Keeps its own copies. */
  public VaultPolicy {
    recipients = List.copyOf(recipients);
    otherLabels = List.copyOf(otherLabels);
  }

  /** Ansible's settings alone. */
  public VaultPolicy(boolean onlyItsLabel, Optional<String> salt) {
    this(onlyItsLabel, salt, Optional.empty(), List.of(), List.of());
  }

  /** The same with another format, and with other keys and passwords for new texts. */
  public VaultPolicy writing(
      Optional<Format> other, List<Recipient> keys, List<String> labelsOfPasswords) {
    return new VaultPolicy(onlyItsLabel, salt, other, keys, labelsOfPasswords);
  }

  boolean tries(String label, String wanted) {
    return !onlyItsLabel || label.equals(wanted);
  }
}
