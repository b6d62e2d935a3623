package dev.hearth.cli;

import dev.hearth.vault.Vault;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is encrypted or decrypted, and where the result goes. */
final class VaultConversion {

  @Mixin private VaultOutputOption output = new VaultOutputOption();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "files; none or - for standard input")
  private List<String> files = List.of();

  /** Converts all of it. */
  void run(VaultStreams streams, Vault opened, VaultStreams.Conversions conversions) {
    streams.convert(opened, files, output.target(), conversions);
  }
}
