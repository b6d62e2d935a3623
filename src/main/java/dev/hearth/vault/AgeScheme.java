package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.vault.age.AgeFile;
import dev.hearth.vault.key.Identity;
import dev.hearth.vault.key.Recipient;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Whole files in age's format. */
final class AgeScheme {

  private final SecureRandom random;

  AgeScheme(SecureRandom random) {
    this.random = random;
  }

  /** What is in a file; nothing if none of these secrets opens it. */
  Optional<Opened> opened(AgeFile file, List<VaultSecret> candidates) {
    for (VaultSecret secret : candidates) {
      Optional<Opened> opened =
          secret.isPassword() ? withPassword(file, secret) : withIdentities(file, secret);
      if (opened.isPresent()) {
        return opened;
      }
    }
    return Optional.empty();
  }

  private Optional<Opened> withPassword(AgeFile file, VaultSecret secret) {
    return file.open(secret.password())
        .map(
            content ->
                new Opened(
                    content,
                    secret,
                    plain ->
                        new Ciphertext.Age(
                            AgeFile.forPassphrase(
                                plain, secret.password(), file.armoured(), file.at(), random))));
  }

  private Optional<Opened> withIdentities(AgeFile file, VaultSecret secret) {
    for (Identity identity : secret.identities()) {
      Optional<byte[]> content = file.open(identity);
      if (content.isPresent()) {
        Sealer again =
            plain ->
                new Ciphertext.Age(
                    AgeFile.forRecipients(
                        plain, List.of(identity.recipient()), file.armoured(), file.at(), random));
        return Optional.of(new Opened(content.get(), secret, again, closed(file)));
      }
    }
    return Optional.empty();
  }

  /** An age file does not tell the keys of its recipients: they could not be kept. */
  private static Optional<Diagnostic> closed(AgeFile file) {
    return file.kinds().size() == 1
        ? Optional.empty()
        : Optional.of(
            Diagnostic.error(file.at(), "an age file for several recipients cannot be changed")
                .exit(ExitCode.INVALID)
                .because(
                    "it has "
                        + file.kinds().size()
                        + " and does not tell their public keys, so the others would be shut out")
                .next(
                    "decrypt it, and encrypt it anew with --format age and --recipient for each"
                        + " of them"));
  }

  /** Encrypts for a password, or for public keys. */
  Sealer sealer(Use use, Optional<VaultSecret> secret, List<Recipient> recipients) {
    if (use == Use.VALUE) {
      throw Diagnostic.error(ExitCode.INVALID, "age encrypts whole files, not values")
          .next("use --format hearth for values")
          .failure();
    }
    Location nowhere = Location.startOf(Source.of("encrypted text", ""));
    if (secret.isPresent() && secret.get().isPassword()) {
      if (!recipients.isEmpty()) {
        throw Diagnostic.error(
                ExitCode.INVALID, "an age file is for a passphrase or for keys, not for both")
            .because("age demands that a passphrase is the only recipient")
            .next("leave out the password or --recipient; --format hearth can have both")
            .failure();
      }
      return plain ->
          new Ciphertext.Age(
              AgeFile.forPassphrase(plain, secret.get().password(), true, nowhere, random));
    }
    List<Recipient> all = PublicKeys.of(recipients, secret.stream().toList());
    return plain -> new Ciphertext.Age(AgeFile.forRecipients(plain, all, true, nowhere, random));
  }
}
