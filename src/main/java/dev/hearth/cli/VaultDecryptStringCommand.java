package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.InlineEncryption;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hearth vault decrypt-string}: opens a value that was copied out of a YAML file. */
@Command(
    name = "decrypt-string",
    aliases = "decrypt_string",
    mixinStandardHelpOptions = true,
    description = "Decrypt a value from standard input, with or without its key and tag.")
final class VaultDecryptStringCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();

  VaultDecryptStringCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    VaultStreams streams = new VaultStreams(environment);
    vault.with(
        environment,
        opened ->
            streams.print(
                new InlineEncryption(opened, new DiskFiles())
                    .decrypt(
                        new String(streams.standardInput(), StandardCharsets.UTF_8),
                        "standard input")));
    return ExitCode.OK.number();
  }
}
