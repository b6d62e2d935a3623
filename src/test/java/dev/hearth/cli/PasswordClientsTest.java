package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    assertThat(view(bin, "lab@" + client)).as(said()).isZero();
    assertThat(folder.resolve("out")).content().isEqualTo("a: 1\n");
    assertThat(view(bin, "web@" + client)).isEqualTo(ExitCode.VAULT_PASSWORD.number());
    assertThat(folder.resolve("err")).content().contains("knows no label 'web'");
  }

  /**
   * With the real programs: the same key makes the same password in any agent, and no other does.
   */
  @Test
  void opensWithTheKeyThatTheAgentHas() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-agent")), "ssh-agent is not installed");
    Path secret = Files.writeString(folder.resolve("agent.yml"), "b: 2\n");
    for (String key : List.of("mine", "other")) {
      assertThat(run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder + "/" + key))
          .isZero();
    }
    assertThat(run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", folder + "/ecdsa")).isZero();
    String file = secret.toString();
    assertThat(withAgent("mine", "encrypt", file)).as(said()).isZero();
    assertThat(secret).content().startsWith("$ANSIBLE_VAULT;1.2;AES256;lab");
    assertThat(withAgent("mine", "view", file)).as(said()).isZero();
    assertThat(folder.resolve("out")).content().isEqualTo("b: 2\n");
    assertThat(withAgent("other", "view", file)).isEqualTo(ExitCode.VAULT_PASSWORD.number());
    assertThat(said()).contains("no vault password given opens");
    assertThat(withAgent("ecdsa", "view", file)).isEqualTo(ExitCode.VAULT_PASSWORD.number());
    assertThat(said()).contains("no public key of the kind ssh-ed25519");
  }

  /** The agent alone has the secret key. */
  private int withAgent(String key, String command, String file) throws Exception {
    String client = Path.of("docs/vault-clients/ssh-agent-client").toAbsolutePath().toString();
    List<String> all =
        new ArrayList<>(
            List.of(
                "ssh-agent",
                "sh",
                "-c",
                "cd \"$1\"; ssh-add -q \"$2\" && mkdir -p public && cp \"$2.pub\" public/ && shift"
                    + " 2 && exec \"$@\"",
                "sh",
                folder.toString(),
                key));
    all.addAll(HearthProcess.command("vault", command, "--vault-id", "lab@" + client, file));
    return run(all, Map.of("HEARTH_VAULT_SSH_KEY", folder + "/public/" + key + ".pub"));
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private int run(String... command) throws Exception {
    return run(List.of(command), Map.of());
  }

  private int run(List<String> command, Map<String, String> variables) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().putAll(variables);
    return builder.start().waitFor();
  }

  private int view(Path bin, String identity) throws Exception {
    List<String> command =
        HearthProcess.command(
            "vault", "view", "--vault-id", identity, folder.resolve("secret.yml").toString());
    return run(
        command, Map.of("PATH", bin + ":" + System.getenv("PATH"), "BW_SESSION", "unlocked"));
  }
}
