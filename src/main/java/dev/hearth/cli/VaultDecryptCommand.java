package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.vault.FileEncryption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth vault decrypt}: decrypts files or standard input. */
@Command(
    name = "decrypt",
    mixinStandardHelpOptions = true,
    description = "Decrypt files, or standard input.")
final class VaultDecryptCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();

  @Mixin private VaultOutputOption output = new VaultOutputOption();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "vault files; none or - for standard input")
  private List<String> files = List.of();

  VaultDecryptCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    vault.with(
        environment,
        opened ->
            new VaultStreams(environment)
                .convert(
                    opened,
                    files,
                    output.target(),
                    FileEncryption::decrypt,
                    FileEncryption::decrypt));
    return ExitCode.OK.number();
  }
}
