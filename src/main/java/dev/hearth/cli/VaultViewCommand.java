package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.vault.FileEncryption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth vault view}: prints what is in vault files. */
@Command(
    name = "view",
    mixinStandardHelpOptions = true,
    description = "Print what is in vault files.")
final class VaultViewCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "vault files")
  private List<Path> files = List.of();

  VaultViewCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    VaultStreams streams = new VaultStreams(environment);
    vault.with(
        environment,
        opened ->
            files.forEach(
                file -> streams.print(new FileEncryption(opened).view(streams.path(file)))));
    return ExitCode.OK.number();
  }
}
