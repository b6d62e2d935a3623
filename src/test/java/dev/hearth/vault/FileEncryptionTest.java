package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.file.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileEncryptionTest {

  @TempDir private Path directory;

  private final Vault vault = new Vault(VaultSecrets.none().and("default", "pw".getBytes(UTF_8)));
  private final FileEncryption encryption = new FileEncryption(vault);

  @Test
  void encryptsInPlaceAndKeepsTheMode() throws IOException {
    Path file = file("vars.yml", "a: secret\n", "rw-r-----");
    encryption.encrypt(file, file, Optional.empty());
    assertThat(Files.readString(file)).startsWith("$ANSIBLE_VAULT;1.1;AES256\n");
    assertThat(mode(file)).isEqualTo("rw-r-----");
    assertThat(encryption.view(file)).asString(UTF_8).isEqualTo("a: secret\n");
    onlyFilesAre("vars.yml");
  }

  @Test
  void decryptsForItsOwnerOnly() throws IOException {
    Path file = file("vars.yml", "a: secret\n", "rw-r--r--");
    encryption.encrypt(file, file, Optional.empty());
    encryption.decrypt(file, file);
    assertThat(Files.readString(file)).isEqualTo("a: secret\n");
    assertThat(mode(file)).isEqualTo("rw-------");
    onlyFilesAre("vars.yml");
  }

  @Test
  void removesWhatAProcessThatDiedHasLeftAndNothingElse() throws IOException {
    ProcessMark own = ProcessMark.own();
    String reused = ".vars.yml.hearth-" + own.pid() + "-1-0a.tmp";
    String alive = ".vars.yml.hearth-" + own.pid() + "-" + own.started() + "-0a.tmp";
    Path file = file("vars.yml", "a: secret\n", "rw-------");
    file(reused, "a: old secret", "rw-------");
    file(alive, "x", "rw-------");
    file(".other.hearth-99999999999999999999-1-0a.tmp", "x", "rw-------");
    Path seen = Files.createLink(directory.resolve("seen"), directory.resolve(reused));
    encryption.encrypt(file, file, Optional.empty());
    onlyFilesAre("vars.yml", alive, ".other.hearth-99999999999999999999-1-0a.tmp", "seen");
    assertThat(Files.readAllBytes(seen)).containsOnly(0);
  }

  @Test
  void aNewFileIsForItsOwnerOnly() throws IOException {
    Path file = file("plain", "x", "rw-r--r--");
    encryption.encrypt(file, directory.resolve("new"), Optional.empty());
    assertThat(mode(directory.resolve("new"))).isEqualTo("rw-------");
    assertThat(Files.readString(file)).isEqualTo("x");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = file("real", "x", "rw-------");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    encryption.encrypt(link, link, Optional.empty());
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).startsWith("$ANSIBLE_VAULT");
  }

  @Test
  void refusesToEncryptTwiceOrDecryptWhatIsPlain() throws IOException {
    Path file = file("vars.yml", "a: 1\n", "rw-------");
    refuses(() -> encryption.decrypt(file, file), ExitCode.INVALID, "is not encrypted");
    encryption.encrypt(file, file, Optional.empty());
    String before = Files.readString(file);
    refuses(
        () -> encryption.encrypt(file, file, Optional.empty()),
        ExitCode.INVALID,
        "already encrypted");
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void aWrongPasswordLeavesTheFileAsItIs() throws IOException {
    Path file = file("vars.yml", "a: 1\n", "rw-------");
    encryption.encrypt(file, file, Optional.empty());
    String before = Files.readString(file);
    try (VaultSecrets wrong = VaultSecrets.none().and("default", "no".getBytes(UTF_8))) {
      refuses(
          () -> new FileEncryption(new Vault(wrong)).decrypt(file, file),
          ExitCode.VAULT_PASSWORD,
          "vars.yml");
    }
    assertThat(Files.readString(file)).isEqualTo(before);
    onlyFilesAre("vars.yml");
  }

  @Test
  void saysWhyNothingCanBeWritten() throws IOException {
    Path file = file("vars.yml", "a: 1\n", "rw-------");
    refuses(
        () -> encryption.encrypt(file, directory.resolve("none/x"), Optional.empty()),
        ExitCode.FAILED,
        "cannot be written");
    refuses(
        () -> encryption.view(directory.resolve("missing")), ExitCode.NOT_FOUND, "does not exist");
  }

  @Test
  void opensTextFilesOfBothKinds() throws IOException {
    VaultedFiles files = new VaultedFiles(vault);
    Path file = file("vars.yml", "a: grün\n", "rw-------");
    assertThat(files.open(file).secret()).isFalse();
    encryption.encrypt(file, file, Optional.empty());
    Source opened = files.open(file);
    assertThat(opened.text()).isEqualTo("a: grün\n");
    assertThat(opened.secret()).isTrue();
    assertThat(opened.line(1)).isEmpty();
  }

  @Test
  void refusesTextFilesThatCannotBeRead() throws IOException {
    VaultedFiles files = new VaultedFiles(vault);
    refuses(() -> files.open(directory.resolve("missing")), ExitCode.NOT_FOUND, "does not exist");
    refuses(() -> files.open(directory), ExitCode.NOT_FOUND, "is a directory");
    Path latin = Files.write(directory.resolve("latin"), new byte[] {'g', 'r', (byte) 0xfc, 'n'});
    refuses(() -> files.open(latin), ExitCode.INVALID, "not UTF-8");
    Path conflict =
        file(
            "conflict",
            "<<<<<<< HEAD\n$ANSIBLE_VAULT;1.1;AES256\n61\n=======\n>>>>>>> x\n",
            "rw-------");
    refuses(() -> files.open(conflict), ExitCode.VAULT_CORRUPT, "merge conflict");
  }

  private static void refuses(Runnable action, ExitCode exit, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            HearthException.class,
            refused -> {
              assertThat(refused.exit()).isEqualTo(exit);
              assertThat(refused).hasMessageContaining(message);
              assertThat(refused.diagnostics().getFirst().next()).isNotEmpty();
            });
  }

  private Path file(String name, String text, String mode) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private void onlyFilesAre(String... names) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrderElementsOf(List.of(names));
    }
  }
}
