package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth vault encrypt}: encrypts files or standard input. */
@Command(
    name = "encrypt",
    mixinStandardHelpOptions = true,
    description = "Encrypt files, or standard input.")
final class VaultEncryptCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();
  @Mixin private VaultLabelOption label = new VaultLabelOption();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write there; - for standard output")
  private @Nullable String output;

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
    Optional<String> wanted = label.label(environment);
    vault.with(
        environment,
        opened ->
            new VaultStreams(environment)
                .convert(
                    opened,
                    files,
                    Optional.ofNullable(output),
                    (encryption, bytes, name) -> encryption.encrypt(bytes, name, wanted),
                    (encryption, file, target) -> encryption.encrypt(file, target, wanted)));
    return ExitCode.OK.number();
  }
}
