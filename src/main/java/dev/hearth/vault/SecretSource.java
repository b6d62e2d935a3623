package dev.hearth.vault;

/** A place that a vault password comes from. New kinds of places implement this. */
@FunctionalInterface
public interface SecretSource {

  /**
   * The password.
   *
   * @param label the label that it is asked for under
   * @param earlier opens what earlier passwords open, for a password file that is itself encrypted
   * @return its bytes, never empty; they belong to the caller, who wipes them
   * @throws dev.hearth.diag.HearthException with {@link dev.hearth.diag.ExitCode#VAULT_PASSWORD} if
   *     there is none
   */
  byte[] read(String label, Vault earlier);

  /** Whether others can do without it: a file that settings name need not be on each machine. */
  default boolean mayBeMissing() {
    return false;
  }
}
