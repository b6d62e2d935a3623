package dev.hearth.vault;

import java.util.Optional;

/**
 * Ansible's settings that change how a vault opens and seals.
 *
 * @param onlyItsLabel whether a text is tried only with the passwords of its own label ({@code
 *     vault_id_match}); otherwise with all, those of its label first
 * @param salt the salt of every encryption ({@code vault_encrypt_salt}); a new random one each time
 *     if there is none, which is what is safe
 */
public record VaultPolicy(boolean onlyItsLabel, Optional<String> salt) {

  /** All passwords are tried, each encryption has a salt of its own. */
  public static final VaultPolicy USUAL = new VaultPolicy(false, Optional.empty());

  boolean tries(String label, String wanted) {
    return !onlyItsLabel || label.equals(wanted);
  }
}
