package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth vault encrypt}: encrypts files or standard input. */
@Command(
    name = "encrypt",
    mixinStandardHelpOptions = true,
    description = "Encrypt files, or standard input.")
final class VaultEncryptCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultWritingOptions writing = new VaultWritingOptions();

  @Mixin private VaultOutputOption output = new VaultOutputOption();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "plain files; none or - for standard input")
  private List<String> files = List.of();

  VaultEncryptCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Optional<String> wanted = writing.label(environment);
    writing.with(
        environment,
        opened ->
            new VaultStreams(environment)
                .convert(
                    opened,
                    files,
                    output.target(),
                    (encryption, bytes, name) -> encryption.encrypt(bytes, name, wanted),
                    (encryption, file, target) -> encryption.encrypt(file, target, wanted)));
    return ExitCode.OK.number();
  }
}
