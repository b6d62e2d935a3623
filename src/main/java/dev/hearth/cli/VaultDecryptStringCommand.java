package dev.hearth.cli;

import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.InlineEncryption;
import dev.hearth.vault.Vault;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/** {@code hearth vault decrypt-string}: opens a value that was copied out of a YAML file. */
@Command(
    name = "decrypt-string",
    aliases = "decrypt_string",
    mixinStandardHelpOptions = true,
    description = "Decrypt a value from standard input, with or without its key and tag.")
final class VaultDecryptStringCommand extends VaultWork {

  VaultDecryptStringCommand(Environment environment) {
    super(environment);
  }

  @Override
  void work(Vault opened) {
    String copied = new String(streams().standardInput(), StandardCharsets.UTF_8);
    streams()
        .print(new InlineEncryption(opened, new DiskFiles()).decrypt(copied, "standard input"));
  }
}
