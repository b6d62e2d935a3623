package dev.hearth.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of several vault passwords encrypts. */
final class VaultLabelOption {

  @Option(
      names = "--encrypt-vault-id",
      paramLabel = "LABEL",
      description = "encrypt with the password of this label")
  private @Nullable String label;

  /** The label of the option, else that of the setting {@code vault_encrypt_identity}. */
  Optional<String> label(Environment environment) {
    return Optional.ofNullable(label)
        .or(
            () ->
                new Settings(environment)
                    .get("defaults", "vault_encrypt_identity", "ANSIBLE_VAULT_ENCRYPT_IDENTITY"));
  }
}
