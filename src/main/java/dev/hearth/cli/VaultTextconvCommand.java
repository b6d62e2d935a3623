package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.vault.Ciphertext;
import dev.hearth.vault.FileEncryption;
import dev.hearth.vault.VaultedFiles;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth vault git-textconv}: what git compares instead of encrypted text. */
@Command(
    name = "git-textconv",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Print a vault file for git diff: its keys, each with a name of its value.")
final class VaultTextconvCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();

  @Option(names = "--reveal", description = "print the plain text")
  private boolean reveals;

  @Parameters(index = "0", paramLabel = "FILE", description = "the file that git has made")
  private String file = "";

  VaultTextconvCommand(Environment environment) {
    this.environment = environment;
  }

  /** Without the password git still shows something: the encrypted texts, as without us. */
  @Override
  public Integer call() {
    VaultStreams streams = new VaultStreams(environment);
    byte[] content = VaultedFiles.read(streams.path(file));
    try {
      vault.with(
          environment,
          opened -> {
            byte[] shown =
                reveals && Ciphertext.isEncrypted(content)
                    ? new FileEncryption(opened).decrypt(content, file)
                    : VaultOutline.of(content, file, opened)
                        .text(opened)
                        .getBytes(StandardCharsets.UTF_8);
            streams.print(shown);
          });
    } catch (HearthException closed) {
      closed
          .diagnostics()
          .forEach(finding -> environment.err().println(finding.asWarning().render()));
      streams.print(content);
    }
    return ExitCode.OK.number();
  }
}
