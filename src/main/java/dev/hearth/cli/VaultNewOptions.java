package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.SecretSources;
import dev.hearth.vault.VaultIdentity;
import dev.hearth.vault.VaultPolicy;
import dev.hearth.vault.VaultSecrets;
import java.util.ArrayList;
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
      description =
          "the new password with its label; SOURCE is a file or the word prompt; several for"
              + " Hearth's format")
  private List<String> identities = new ArrayList<>();

  @Option(
      names = {"--new-vault-password-file", "--new-vault-pass-file"},
      paramLabel = "FILE",
      description = "file with the new password, or a program that prints it")
  private @Nullable String file;

  @Option(
      names = "--encrypt-vault-id",
      paramLabel = "LABEL",
      description = "of several new passwords, encrypt with the one of this label only")
  private @Nullable String chosen;

  @Mixin private VaultRecipientOption recipients = new VaultRecipientOption();

  /** The settings of what is encrypted anew. */
  VaultPolicy policy(Environment environment) {
    return VaultOptions.policy(new Settings(environment))
        .writing(
            Optional.empty(),
            recipients.keys(environment),
            named(environment).stream().skip(1).map(VaultIdentity::label).toList());
  }

  /** The new passwords; one is asked for twice when no option names any and no public key does. */
  VaultSecrets secrets(Environment environment) {
    if (!identities.isEmpty() && file != null) {
      throw Diagnostic.error(
              ExitCode.INVALID, "--new-vault-id and --new-vault-password-file exclude each other")
          .because("it is not clear which of them is the new password")
          .next("give one of them")
          .failure();
    }
    if (identities.isEmpty() && file == null && recipients.isGiven()) {
      return VaultSecrets.none();
    }
    if (identities.isEmpty()) {
      SecretSources sources = sources(environment);
      List<VaultIdentity> only =
          List.of(
              new VaultIdentity(
                  VaultSecrets.DEFAULT_LABEL,
                  file == null ? sources.newPassword() : sources.file(file)));
      return VaultSecrets.read(chosen == null ? only : fitting(only, chosen));
    }
    List<VaultIdentity> all = named(environment);
    if (all.stream().map(VaultIdentity::label).distinct().count() < all.size()) {
      throw Diagnostic.error(ExitCode.INVALID, "two new passwords have the same label")
          .because("each password of a text has a label of its own")
          .next("write them as --new-vault-id LABEL@SOURCE with different labels")
          .failure();
    }
    return VaultSecrets.read(all);
  }

  private List<VaultIdentity> named(Environment environment) {
    List<VaultIdentity> all =
        identities.stream()
            .map(identity -> VaultIdentity.parse(identity, sources(environment)))
            .toList();
    return chosen == null || all.isEmpty() ? all : fitting(all, chosen);
  }

  private static List<VaultIdentity> fitting(List<VaultIdentity> all, String chosen) {
    List<VaultIdentity> fitting =
        all.stream().filter(identity -> identity.label().equals(chosen)).toList();
    if (fitting.isEmpty()) {
      throw Diagnostic.error(
              ExitCode.VAULT_PASSWORD, "no new password has the label '" + chosen + "'")
          .because("it has to be the label of a --new-vault-id; without one it is 'default'")
          .next("correct it, or leave --encrypt-vault-id out")
          .failure();
    }
    return fitting;
  }

  private static SecretSources sources(Environment environment) {
    return VaultOptions.sources(environment).forNewTexts();
  }
}
