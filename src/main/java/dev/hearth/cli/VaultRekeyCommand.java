package dev.hearth.cli;

import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.Rekeying;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultSecrets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth vault rekey}: encrypts files and the values inside of files anew. */
@Command(
    name = "rekey",
    mixinStandardHelpOptions = true,
    description = {
      "Encrypt vault files, and the encrypted values inside of plain files, with another password.",
      "All of them, or none."
    })
final class VaultRekeyCommand extends VaultWork {

  @Mixin private VaultNewOptions fresh = new VaultNewOptions();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "files with encrypted text")
  private List<String> files = List.of();

  VaultRekeyCommand(Environment environment) {
    super(environment);
  }

  @Override
  void work(Vault before) {
    try (VaultSecrets secrets = fresh.secrets(environment());
        Vault after = new Vault(secrets, fresh.policy(environment()))) {
      new Rekeying(before, after, new DiskFiles(), VaultIntents.of(environment()))
          .rekey(files.stream().map(streams()::path).toList())
          .forEach(file -> environment().err().println(file + ": encrypted anew"));
    }
  }
}
