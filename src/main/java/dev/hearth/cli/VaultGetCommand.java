package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.value.Value;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultedFiles;
import dev.hearth.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth vault get}: prints one value of a YAML file, decrypted. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Print one value of a YAML file, decrypted, without a line end of its own.")
final class VaultGetCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "a YAML file, encrypted or not")
  private String file = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "such as database.password")
  private String key = "";

  VaultGetCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    VaultStreams streams = new VaultStreams(environment);
    vault.with(
        environment,
        opened ->
            streams.print(
                text(
                        opened,
                        new VaultKey(key).scalar(new VaultedFiles(opened).open(streams.path(file))))
                    .getBytes(StandardCharsets.UTF_8)));
    return ExitCode.OK.number();
  }

  private static String text(Vault opened, Node.Scalar scalar) {
    return scalar.type() == Node.Type.VAULT
        ? opened.open(new Value.Vaulted(scalar.text(), scalar.textAt())).reveal()
        : scalar.text();
  }
}
