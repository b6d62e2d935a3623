package dev.hearth.template;

import dev.hearth.value.Value;
import java.util.Optional;

/** What templates need of cryptography that the language itself does not have. */
public interface Ciphers {

  /**
   * A bcrypt hash with its prefix.
   *
   * @param version {@code 2a}, {@code 2b} or {@code 2y}
   * @param password bytes behind the 72nd do not count
   * @param salt 16 bytes
   * @param cost the binary logarithm of the rounds, 4 to 31
   */
  String bcrypt(String version, byte[] password, byte[] salt, int cost);

  /**
   * A text encrypted in Ansible's vault format.
   *
   * @param salt one that is given, for a result that can be repeated
   */
  String seal(String plain, Value.Textual password, String label, Optional<String> salt);

  /**
   * The plain text of an encrypted one; empty when the password does not open it.
   *
   * @throws dev.hearth.diag.HearthException when it is damaged
   */
  Optional<String> unseal(String sealed, Value.Textual password);
}
