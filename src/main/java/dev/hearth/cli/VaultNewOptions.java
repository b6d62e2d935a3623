package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.SecretSources;
import dev.hearth.vault.VaultIdentity;
import dev.hearth.vault.VaultPolicy;
import dev.hearth.vault.VaultSecrets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The password that takes another one's place. */
final class VaultNewOptions {

  @Option(
      names = "--new-vault-id",
      paramLabel = "[LABEL@]SOURCE",
      description = "the new password with its label; SOURCE is a file or the word prompt")
  private @Nullable String identity;

  @Option(
      names = {"--new-vault-password-file", "--new-vault-pass-file"},
      paramLabel = "FILE",
      description = "file with the new password, or a program that prints it")
  private @Nullable String file;

  @Mixin private VaultRecipientOption recipients = new VaultRecipientOption();

  /** The settings of what is encrypted anew. */
  VaultPolicy policy(Environment environment) {
    return VaultOptions.policy(new Settings(environment))
        .writing(Optional.empty(), recipients.keys(environment));
  }

  /** The one new password; asked for twice when no option names it and no public key does. */
  VaultSecrets secrets(Environment environment) {
    if (identity != null && file != null) {
      throw Diagnostic.error(
              ExitCode.INVALID, "--new-vault-id and --new-vault-password-file exclude each other")
          .because("there can be one new password only")
          .next("give one of them")
          .failure();
    }
    SecretSources sources = VaultOptions.sources(environment);
    if (file != null) {
      return VaultSecrets.read(
          List.of(new VaultIdentity(VaultSecrets.DEFAULT_LABEL, sources.file(file))));
    }
    if (identity == null && recipients.isGiven()) {
      return VaultSecrets.none();
    }
    if (identity == null) {
      return VaultSecrets.read(
          List.of(new VaultIdentity(VaultSecrets.DEFAULT_LABEL, sources.newPassword())));
    }
    VaultIdentity named = VaultIdentity.parse(identity, sources);
    boolean asked = identity.substring(identity.indexOf('@') + 1).equals(SecretSources.PROMPT);
    return VaultSecrets.read(
        List.of(asked ? new VaultIdentity(named.label(), sources.newPassword()) : named));
  }
}
