package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The documented scripts that ask a keyring, with programs in the keyrings' places that know one
 * password and refuse every command line that the real ones would not understand.
 */
final class PasswordClientsTest {

  @TempDir private Path folder;

  @BeforeEach
  void encrypt() throws IOException {
    Files.writeString(folder.resolve("pw"), "from-the-keyring");
    Files.writeString(folder.resolve("secret.yml"), "a: 1\n");
    Lab.Said said =
        new Lab(folder)
            .hearth(
                "vault",
                "encrypt",
                "--vault-id",
                "lab@" + folder.resolve("pw"),
                folder.resolve("secret.yml").toString());
    assertThat(said.exit()).as(said.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret-tool | lookup service hearth-vault label lab",
        "pass | show hearth/lab",
        "op | read --no-newline op://Private/Hearth lab/password",
        "bw | get password Hearth lab"
      })
  void opensWithTheLabelThatTheKeyringKnows(String program, String known) throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path fake = bin.resolve(program);
    Files.writeString(
        fake,
        "#!/bin/sh\n[ \"$*\" = '"
            + known
            + "' ] || { echo 'not found' >&2; exit 1; }\n"
            + "echo from-the-keyring\n");
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path client = Path.of("docs/vault-clients", program + "-client").toAbsolutePath();

    assertThat(view(bin, "lab@" + client)).isZero();
    assertThat(folder.resolve("out")).content().isEqualTo("a: 1\n");
    assertThat(view(bin, "web@" + client)).isEqualTo(ExitCode.VAULT_PASSWORD.number());
    assertThat(folder.resolve("err")).content().contains("knows no label 'web'");
  }

  private int view(Path bin, String identity) throws Exception {
    List<String> command =
        HearthProcess.command(
            "vault", "view", "--vault-id", identity, folder.resolve("secret.yml").toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().merge("PATH", bin.toString(), (old, first) -> first + ":" + old);
    builder.environment().put("BW_SESSION", "unlocked");
    return builder.start().waitFor();
  }
}
