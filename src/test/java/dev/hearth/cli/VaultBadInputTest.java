package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultSecrets;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What may be wrong with vault files and passwords: each is told as what it is, and no file is
 * touched.
 */
final class VaultBadInputTest {

  private static final String PASSWORD = "correct-horse";

  @TempDir private Path folder;
  private Lab lab;
  private String good = "";

  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(folder);
    lab.write("pw", PASSWORD + "\n");
    lab.write("good.yml", "key: value\n");
    ok("encrypt", "good.yml");
    good = Files.readString(lab.directory().resolve("good.yml"));
  }

  @Test
  void wrongPassword() throws IOException {
    lab.write("wrong", "battery-staple\n");
    for (String command : new String[] {"view", "decrypt", "edit"}) {
      refused(ExitCode.VAULT_PASSWORD, "no vault password given opens", good, command, "wrong");
    }
    Lab.Said said = lab.hearth("vault", "view", "good.yml", "--vault-password-file", "wrong");
    assertThat(said.err()).doesNotContain("battery-staple");
  }

  @Test
  void aPathThatIsNotThereIsToldBeforeAnyPasswordIsRead() {
    lab.hearth("vault", "verify", "nowhere", "--vault-password-file", "missing")
        .oneMessage(ExitCode.NOT_FOUND, "nowhere cannot be looked through");
  }

  @Test
  void wrongLabel() throws IOException {
    lab.write("other", "staple\n");
    ok("encrypt", "--vault-id", "lab@pw", "--encrypt-vault-id", "lab", "--output", "lab.yml", "pw");
    Path file = lab.directory().resolve("lab.yml");
    byte[] before = Files.readAllBytes(file);
    lab.hearth("vault", "view", "lab.yml", "--vault-id", "web@other")
        .oneMessage(ExitCode.VAULT_PASSWORD, "asks for the label 'lab'", "--vault-id lab@SOURCE");
    lab.hearth(
            Map.of("ANSIBLE_VAULT_ID_MATCH", "true"),
            "vault",
            "view",
            "lab.yml",
            "--vault-id",
            "pw")
        .oneMessage(ExitCode.VAULT_PASSWORD, "vault_id_match is set", "--vault-id lab@SOURCE");
    lab.hearth("vault", "encrypt", "pw", "--vault-id", "a@pw", "--encrypt-vault-id", "b")
        .oneMessage(ExitCode.VAULT_PASSWORD, "no vault password has the label 'b'");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void noVault() throws IOException {
    refused(ExitCode.INVALID, "is not encrypted", "key: value\n", "view", "pw");
    refused(ExitCode.INVALID, "is not encrypted", "", "view", "pw");
    refused(ExitCode.INVALID, "is not encrypted", "\0\1\2\u00ff", "view", "pw");
    refused(ExitCode.INVALID, "is not encrypted", "key: value\n", "rekey", "pw");
    lab.hearth("vault", "view", "missing", "--vault-password-file", "pw")
        .oneMessage(ExitCode.NOT_FOUND, "does not exist");
    lab.hearth("vault", "view", ".", "--vault-password-file", "pw")
        .oneMessage(ExitCode.NOT_FOUND, "is a directory");
  }

  @Test
  void corruptedHex() throws IOException {
    refused(
        ExitCode.VAULT_CORRUPT, "no hex digit", good.replaceFirst("\n[36]", "\nx"), "view", "pw");
    refused(
        ExitCode.VAULT_CORRUPT, "not complete", good.substring(0, good.length() - 4), "view", "pw");
  }

  /** A changed check sum cannot be told from a wrong password; the message names both. */
  @Test
  void wrongCheckSum() throws IOException {
    int last = good.length() - 3;
    String forged =
        good.substring(0, last) + (good.charAt(last) == '3' ? '6' : '3') + good.substring(last + 1);
    Lab.Said said = attempted(forged, "view", "pw");
    assertThat(said.exit()).isIn(ExitCode.VAULT_PASSWORD.number(), ExitCode.VAULT_CORRUPT.number());
    char digit = good.charAt(good.indexOf("0a") + 3);
    int check = good.indexOf("0a") + 3;
    String other =
        good.substring(0, check) + (digit == '1' ? '2' : '1') + good.substring(check + 1);
    refused(ExitCode.VAULT_PASSWORD, "or the text was changed", other, "view", "pw");
  }

  @Test
  void unknownVersionOrCipher() throws IOException {
    refused(
        ExitCode.VAULT_CORRUPT,
        "version '1.3' is not known",
        good.replace(";1.1;", ";1.3;"),
        "view",
        "pw");
    refused(
        ExitCode.VAULT_CORRUPT,
        "cipher 'AES' is not known",
        good.replace("AES256", "AES"),
        "view",
        "pw");
    refused(
        ExitCode.VAULT_CORRUPT,
        "version '9' is not known",
        "$HEARTH_VAULT;9;lines\n",
        "view",
        "pw");
    refused(
        ExitCode.VAULT_CORRUPT,
        "its version is 'age-encryption.org/v9'",
        "age-encryption.org/v9\n",
        "view",
        "pw");
  }

  @Test
  void labelWithASemicolon() {
    lab.hearth("vault", "encrypt", "pw", "--vault-id", "a;b@pw")
        .oneMessage(ExitCode.INVALID, "'a;b' cannot be a vault label");
  }

  @Test
  void emptyPassword() throws IOException {
    lab.write("empty", " \n");
    refused(ExitCode.VAULT_PASSWORD, "holds no vault password", good, "view", "empty");
  }

  @Test
  void vaultInsideVault() throws IOException {
    refused(ExitCode.INVALID, "already encrypted", good, "encrypt", "pw");
    try (VaultSecrets secrets = VaultSecrets.none().and("default", PASSWORD.getBytes(UTF_8));
        Vault vault = new Vault(secrets)) {
      lab.write("twice.yml", vault.seal(good.getBytes(UTF_8), Optional.empty()).text());
    }
    lab.write("play.yml", "- hosts: localhost\n  gather_facts: false\n  vars_files: [twice.yml]\n");
    lab.hearth("play", "play.yml", "-c", "local", "--vault-password-file", "pw")
        .oneMessage(ExitCode.INVALID, "holds another encrypted text", "twice.yml:1:1");
  }

  @Test
  void mergeConflict() throws IOException {
    String conflict = "<<<<<<< HEAD\n" + good + "=======\n" + good + ">>>>>>> side\n";
    for (String command : new String[] {"view", "edit", "decrypt", "rekey"}) {
      refused(ExitCode.VAULT_CORRUPT, "unresolved merge conflict", conflict, command, "pw");
    }
    refused(
        ExitCode.VAULT_CORRUPT,
        "unresolved merge conflict",
        good.replaceFirst("\n", "\n<<<<<<< HEAD\n"),
        "view",
        "pw");
  }

  @Test
  void hugeFile() throws IOException {
    Path huge = lab.directory().resolve("huge");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.write("$ANSIBLE_VAULT;1.1;AES256\n".getBytes(UTF_8));
      file.setLength(5L << 30);
    }
    lab.hearth("vault", "view", "huge", "--vault-password-file", "pw")
        .oneMessage(ExitCode.INVALID, "is too large");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(33L << 20);
      file.write(new byte[16]);
    }
    lab.hearth("vault", "encrypt", "huge", "--vault-password-file", "pw")
        .oneMessage(ExitCode.INVALID, "too large to be encrypted");
    assertThat(Files.size(huge)).isEqualTo(33L << 20);
  }

  @Test
  void windowsLineEndsOpenAndAByteOrderMarkIsTold() throws IOException {
    lab.write("crlf.yml", good.replace("\n", "\r\n"));
    assertThat(ok("view", "crlf.yml").out()).isEqualTo("key: value\n");
    refused(
        ExitCode.VAULT_CORRUPT,
        "characters before its vault header",
        "\ufeff" + good,
        "view",
        "pw");
    refused(
        ExitCode.VAULT_CORRUPT, "characters before its vault header", "\n" + good, "view", "pw");
  }

  @Test
  void aKeyWhereAPasswordIsMeant() {
    lab.hearth("vault", "encrypt", "pw", "-r", "ssh-ed25519 AAAA", "--vault-password-file", "pw")
        .oneMessage(ExitCode.INVALID, "is no age key", "signs with SSH keys");
    lab.hearth("vault", "encrypt", "pw", "-r", "age1nokey", "--vault-password-file", "pw")
        .oneMessage(ExitCode.INVALID, "is no age key");
  }

  private void refused(ExitCode code, String words, String content, String command, String password)
      throws IOException {
    attempted(content, command, password).oneMessage(code, words);
  }

  /** Writes a file, runs a command on it, and finds the file as it was. */
  private Lab.Said attempted(String content, String command, String password) throws IOException {
    Path file = lab.directory().resolve("bad.yml");
    byte[] bytes =
        content.chars().allMatch(c -> c < 256)
            ? content.getBytes(ISO_8859_1)
            : content.getBytes(UTF_8);
    Files.write(file, bytes);
    Lab.Said said =
        command.equals("rekey")
            ? lab.hearth(
                "vault",
                "rekey",
                "bad.yml",
                "--vault-password-file",
                password,
                "--new-vault-password-file",
                "pw")
            : lab.hearth("vault", command, "bad.yml", "--vault-password-file", password);
    assertThat(file).as(command).hasBinaryContent(bytes);
    assertThat(said.err()).doesNotContain("Exception", "\tat ", PASSWORD);
    return said;
  }

  private Lab.Said ok(String command, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "vault";
    all[1] = command;
    all[2] = "--vault-password-file";
    all[3] = "pw";
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    Lab.Said said = lab.hearth(all);
    assertThat(said.exit()).as(said.err()).isZero();
    return said;
  }
}
