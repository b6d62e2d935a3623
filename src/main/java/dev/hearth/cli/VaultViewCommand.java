package dev.hearth.cli;

import dev.hearth.vault.FileEncryption;
import dev.hearth.vault.Vault;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hearth vault view}: prints what is in vault files. */
@Command(
    name = "view",
    mixinStandardHelpOptions = true,
    description = "Print what is in vault files.")
final class VaultViewCommand extends VaultWork {

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "vault files; none or - for standard input")
  private List<String> files = List.of("-");

  VaultViewCommand(Environment environment) {
    super(environment);
  }

  @Override
  void work(Vault opened) {
    FileEncryption encryption = new FileEncryption(opened);
    for (String file : files) {
      streams()
          .print(
              file.equals("-")
                  ? encryption.decrypt(streams().standardInput(), "standard input")
                  : encryption.view(streams().path(file)));
    }
  }
}
