package dev.hearth.cli;

import dev.hearth.vault.FileEncryption;
import dev.hearth.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hearth vault decrypt}: decrypts files or standard input. */
@Command(
    name = "decrypt",
    mixinStandardHelpOptions = true,
    description = "Decrypt files, or standard input.")
final class VaultDecryptCommand extends VaultWork {

  @Mixin private VaultConversion conversion = new VaultConversion();

  VaultDecryptCommand(Environment environment) {
    super(environment);
  }

  @Override
  void work(Vault opened) {
    conversion.run(
        streams(),
        opened,
        new VaultStreams.Conversions(
            FileEncryption::decrypt, FileEncryption::decrypt, FileEncryption::decryptAll));
  }
}
