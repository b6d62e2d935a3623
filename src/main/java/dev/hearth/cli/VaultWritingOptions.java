package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.Format;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How new texts are encrypted: with which of several passwords, in which format, for whom. */
final class VaultWritingOptions {

  @Mixin private VaultOptions vault = new VaultOptions();
  @Mixin VaultVerbosity verbosity = new VaultVerbosity();
  @Mixin private VaultRecipientOption recipients = new VaultRecipientOption();

  @Option(
      names = "--encrypt-vault-id",
      paramLabel = "LABEL",
      description =
          "encrypt with the password of this label; in Hearth's format several may be named")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "ansible (the usual one), hearth (stronger, stable line by line) or age")
  private @Nullable String format;

  /** The label of the option, else that of the setting {@code vault_encrypt_identity}. */
  Optional<String> label(Environment environment) {
    return labels.stream()
        .findFirst()
        .or(
            () ->
                new Settings(environment)
                    .get("defaults", "vault_encrypt_identity", "ANSIBLE_VAULT_ENCRYPT_IDENTITY"));
  }

  /**
   * Refuses these options for a text that is there already: it keeps its format and recipients.
   *
   * @param text what it is, for people
   */
  void refuseFor(String text) {
    if (!labels.isEmpty() || format != null || recipients.isGiven()) {
      throw Diagnostic.error(ExitCode.INVALID, text + " keeps its format and who can open it")
          .because("--encrypt-vault-id, --format and --recipient are for new texts")
          .next("leave them out; to change these things: hearth vault rekey or migrate")
          .failure();
    }
  }

  /** Does something with a vault that writes so; asks for a password when nobody else can open. */
  void with(Environment environment, Consumer<Vault> work) {
    VaultPolicy policy = policy(environment);
    vault.withNew(
        environment, policy, policy.recipients().isEmpty(), label(environment).isPresent(), work);
  }

  /** The same for a file in which the password opens something already. */
  void withKnown(Environment environment, Consumer<Vault> work) {
    VaultPolicy policy = policy(environment);
    vault.with(environment, policy, policy.recipients().isEmpty(), work);
  }

  private VaultPolicy policy(Environment environment) {
    return VaultOptions.policy(new Settings(environment))
        .writing(
            Optional.ofNullable(format).map(Format::of),
            recipients.keys(environment),
            labels.stream().skip(1).toList());
  }
}
