package dev.hearth.cli;

import dev.hearth.diag.Source;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultedFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hearth vault get}: prints one value of a YAML file, decrypted. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Print one value of a YAML file, decrypted, without a line end of its own.")
final class VaultGetCommand extends VaultWork {

  @Parameters(index = "0", paramLabel = "FILE", description = "a YAML file, encrypted or not")
  private String file = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "such as database.password")
  private String key = "";

  VaultGetCommand(Environment environment) {
    super(environment);
  }

  @Override
  void work(Vault opened) {
    Source source = new VaultedFiles(opened).open(streams().path(file));
    streams().print(new VaultKey(key).bytes(source, opened));
  }
}
