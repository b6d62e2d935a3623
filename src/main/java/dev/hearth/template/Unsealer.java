package dev.hearth.template;

import dev.hearth.value.Value;

/** Opens inline vaulted values when a template uses them. */
@FunctionalInterface
public interface Unsealer {

  /**
   * The plain text of a vaulted value, as a secret.
   *
   * @throws dev.hearth.diag.HearthException when no password opens it or it is damaged
   */
  Value.Secret open(Value.Vaulted sealed);
}
