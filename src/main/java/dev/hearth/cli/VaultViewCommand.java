package dev.hearth.cli;

import dev.hearth.vault.FileEncryption;
import dev.hearth.vault.Vault;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hearth vault view}: prints what is in vault files. */
@Command(
    name = "view",
    mixinStandardHelpOptions = true,
    description = "Print what is in vault files.")
final class VaultViewCommand extends VaultWork {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "vault files")
  private List<Path> files = List.of();

  VaultViewCommand(Environment environment) {
    super(environment);
  }

  @Override
  void work(Vault opened) {
    FileEncryption encryption = new FileEncryption(opened);
    files.forEach(file -> streams().print(encryption.view(streams().path(file))));
  }
}
