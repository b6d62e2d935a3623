package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of {@code ansible-vault} mean what they mean there, also together. */
final class AnsibleVaultOptionsTest {

  @TempDir private Path folder;
  private Lab lab;

  @BeforeEach
  void makeLab() {
    lab = new Lab(folder);
    lab.write("pw", "alpha\n");
    lab.write("other", "beta\n");
    lab.write("f.yml", "a: 1\n");
  }

  @Test
  void aPasswordThatIsTypedForANewFileIsAskedForTwice() throws IOException {
    for (String option : new String[] {"--ask-vault-pass", "--vault-id=lab@prompt"}) {
      lab.fed("new\nnwe\n", "vault", "encrypt", option, "f.yml")
          .oneMessage(ExitCode.VAULT_PASSWORD, "the two passwords are not the same");
      assertThat(lab.directory().resolve("f.yml")).hasContent("a: 1\n");
    }
    lab.fed("new\nnwe\n", "vault", "encrypt-string", "-J", "value")
        .oneMessage(ExitCode.VAULT_PASSWORD, "the two passwords are not the same");
    lab.fed("new\nnwe\n", "vault", "set", "f.yml", "b")
        .oneMessage(ExitCode.VAULT_PASSWORD, "the two passwords are not the same");

    assertThat(lab.fed("new\nnew\n", "vault", "encrypt", "-J", "f.yml").exit()).isZero();
    assertThat(Files.readString(lab.directory().resolve("f.yml"))).startsWith("$ANSIBLE_VAULT");
    assertThat(lab.fed("new\n", "vault", "view", "-J", "f.yml").out())
        .as("one that opens a file is asked for once")
        .isEqualTo("a: 1\n");
    assertThat(lab.fed("new\nvalue\n", "vault", "set", "-J", "f.yml", "b").exit()).isZero();
    assertThat(lab.fed("new\n", "vault", "get", "-J", "f.yml", "b").out()).isEqualTo("value");
  }

  /** People name passwords in their settings that not each of their machines has. */
  @Test
  void aPasswordFileThatIsMissingIsAWarningIfThereIsAnother() {
    encrypted("f.yml", "lab@pw");
    lab.write("ansible.cfg", "[defaults]\nvault_identity_list = prod@missing, lab@pw\n");

    Lab.Said seen = lab.hearth("vault", "view", "f.yml");
    assertThat(seen.out()).as(seen.err()).isEqualTo("a: 1\n");
    assertThat(seen.err()).contains("warning: ", "missing does not exist");
    lab.write("play.yml", "- {hosts: localhost, gather_facts: false, vars_files: [f.yml]}\n");
    Lab.Said played = lab.hearth("play", "play.yml");
    assertThat(played.exit()).as(played.err()).isZero();
    assertThat(played.err()).contains("missing does not exist");

    lab.write("ansible.cfg", "[defaults]\nvault_identity_list = prod@missing\n");
    lab.hearth("vault", "view", "f.yml")
        .oneMessage(ExitCode.VAULT_PASSWORD, "missing does not exist");
  }

  /** Otherwise the one that is left would be taken without a word. */
  @Test
  void aPasswordFileThatIsMissingIsAnErrorWhenItCouldBeTheOneToEncryptWith() {
    String[] ids = {"--vault-id=prod@missing", "--vault-id=lab@pw"};
    lab.hearth("vault", "encrypt", ids[0], ids[1], "f.yml")
        .oneMessage(ExitCode.VAULT_PASSWORD, "missing does not exist");
    Lab.Said chosen =
        lab.hearth("vault", "encrypt", ids[0], ids[1], "--encrypt-vault-id=lab", "f.yml");
    assertThat(chosen.exit()).as(chosen.err()).isZero();
  }

  @Test
  void theLabelToRekeyWithIsThatOfANewPassword() throws IOException {
    encrypted("f.yml", "lab@pw");
    String before = Files.readString(lab.directory().resolve("f.yml"));
    lab.hearth(
            "vault",
            "rekey",
            "--vault-id=lab@pw",
            "--new-vault-password-file=other",
            "--encrypt-vault-id=lab",
            "f.yml")
        .oneMessage(ExitCode.VAULT_PASSWORD, "no new password has the label 'lab'");
    assertThat(lab.directory().resolve("f.yml")).hasContent(before);
  }

  @Test
  void eachStringGetsItsOwnName() {
    String both =
        string("from-stdin", "--stdin-name", "first", "from-argument", "--name", "second");
    assertThat(both).containsSubsequence("first: !vault |", "second: !vault |");
    assertThat(value(both, "first")).isEqualTo("from-stdin");
    assertThat(value(both, "second")).isEqualTo("from-argument");

    String dash = string("from-stdin", "-", "from-argument", "--name", "only");
    assertThat(dash).startsWith("!vault |");
    assertThat(value(dash, "only")).isEqualTo("from-argument");

    assertThat(string("from-stdin", "--name", "own")).startsWith("own: !vault |");
  }

  @Test
  void aNameIsAskedForWhenAStringIs() {
    Lab.Said named =
        lab.fed("key\nvalue\n", "vault", "encrypt-string", "-p", "--vault-id=default@pw");
    assertThat(named.out()).as(named.err()).startsWith("key: !vault |");
    assertThat(value(named.out(), "key")).isEqualTo("value");
    assertThat(lab.fed("\nvalue\n", "vault", "encrypt-string", "-p", "--vault-id=pw").out())
        .startsWith("!vault |");
    assertThat(lab.fed("v\n", "vault", "encrypt-string", "-p", "-n", "k", "--vault-id=pw").out())
        .startsWith("k: !vault |");
    for (String also : new String[] {"--stdin-name=k", "-"}) {
      lab.fed("v\n", "vault", "encrypt-string", "-p", also, "--vault-id=pw")
          .oneMessage(ExitCode.INVALID, "a string cannot be asked for and read");
    }
  }

  @Test
  void theHomeDirectoryIsThatOfTheShell() throws IOException {
    encrypted("f.yml", "pw");
    Path home = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(home.resolve("known"), "alpha\n");
    ProcessBuilder builder =
        new ProcessBuilder(HearthProcess.command("vault", "view", "--vault-id=~/known", "f.yml"))
            .directory(lab.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    assertThat(builder.start().getInputStream()).hasContent("a: 1\n");
  }

  @Test
  void everyCommandTellsTheVersion() {
    String version = lab.hearth("--version").out();
    assertThat(version).startsWith("hearth ");
    assertThat(lab.hearth("vault", "--version").out()).isEqualTo(version);
    assertThat(lab.hearth("vault", "view", "--version").out()).isEqualTo(version);
    assertThat(lab.hearth("play", "--version").out()).isEqualTo(version);
  }

  private String string(String input, String... arguments) {
    String[] all = new String[arguments.length + 3];
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    all[0] = "vault";
    all[1] = "encrypt-string";
    all[2] = "--vault-password-file=pw";
    Lab.Said said = lab.fed(input, all);
    assertThat(said.exit()).as(said.err()).isZero();
    return said.out();
  }

  private String value(String yaml, String key) {
    lab.write("values.yml", yaml.startsWith("!vault") ? "unnamed: " + yaml : yaml);
    return lab.hearth("vault", "get", "--vault-id=pw", "values.yml", key).out();
  }

  private void encrypted(String file, String id) {
    Lab.Said said = lab.hearth("vault", "encrypt", "--vault-id=" + id, file);
    assertThat(said.exit()).as(said.err()).isZero();
  }
}
