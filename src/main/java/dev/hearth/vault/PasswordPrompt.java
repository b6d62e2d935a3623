package dev.hearth.vault;

/** Asks a person for a password. */
@FunctionalInterface
public interface PasswordPrompt {

  /**
   * What the person types, without showing it.
   *
   * @param question what is shown before the answer, with its final space
   * @return the answer without its line end; it belongs to the caller, who wipes it
   * @throws dev.hearth.diag.HearthException if nobody can be asked
   */
  char[] ask(String question);
}
