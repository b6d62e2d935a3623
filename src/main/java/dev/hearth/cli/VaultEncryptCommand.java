package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hearth vault encrypt}: encrypts files or standard input. */
@Command(
    name = "encrypt",
    mixinStandardHelpOptions = true,
    description = "Encrypt files, or standard input.")
final class VaultEncryptCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultWritingOptions writing = new VaultWritingOptions();

  @Mixin private VaultConversion conversion = new VaultConversion();

  VaultEncryptCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Optional<String> wanted = writing.label(environment);
    writing.with(
        environment,
        opened ->
            conversion.run(
                new VaultStreams(environment),
                opened,
                new VaultStreams.Conversions(
                    (encryption, bytes, name) -> encryption.encrypt(bytes, name, wanted),
                    (encryption, file, target) -> encryption.encrypt(file, target, wanted),
                    (encryption, all, intents) -> encryption.encryptAll(all, wanted, intents))));
    return ExitCode.OK.number();
  }
}
