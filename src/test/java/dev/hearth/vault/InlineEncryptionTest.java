package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InlineEncryptionTest {

  @TempDir private Path directory;

  private final Vault vault = vault("lab", "pw");
  private final Vault other = vault("default", "new");
  private final InlineEncryption encryption = new InlineEncryption(vault, new DiskFiles());

  private static Vault vault(String label, String password) {
    return new Vault(VaultSecrets.none().and(label, password.getBytes(UTF_8)));
  }

  private String value(String key, String text) {
    return encryption.yaml(text.getBytes(UTF_8), Optional.of(key), Optional.empty());
  }

  @Test
  void writesWhatAnsibleVaultWrites() {
    assertThat(value("key", "x"))
        .startsWith("key: !vault |\n          $ANSIBLE_VAULT;1.2;AES256;lab\n          ")
        .endsWith("\n");
    assertThat(encryption.decrypt(value("key", "tëxt"), "input")).asString(UTF_8).isEqualTo("tëxt");
  }

  @Test
  void replacesOneValueAndNoOtherByte() throws IOException {
    String before = "# a comment: ü\r\nplain:   1  # kept\n";
    String after = "\nlast: [ 1,2 ]";
    Path file = directory.resolve("vars.yml");
    Files.writeString(file, before + value("one", "1") + value("two", "2") + after);
    List<InlineValue> found = values(file);
    assertThat(found).hasSize(2);
    encryption.replace(file, content -> found.get(1).line(), "zwei".getBytes(UTF_8));
    String now = Files.readString(file);
    assertThat(now).startsWith(before + value("one", "1").substring(0, 13)).endsWith(after);
    assertThat(plain(values(file).get(0))).isEqualTo("1");
    assertThat(plain(values(file).get(1))).isEqualTo("zwei");
  }

  @Test
  void keepsIndentationLineEndsAndAMissingLastOne() throws IOException {
    String yaml =
        "a:\n  - k: "
            + "!vault |\n"
            + value("k", "1").substring(12).replace(" ".repeat(10), " ".repeat(8));
    Path file = directory.resolve("crlf.yml");
    Files.writeString(file, yaml.strip().replace("\n", "\r\n"));
    encryption.replace(file, content -> values(file).getFirst().line(), "2".getBytes(UTF_8));
    String now = Files.readString(file);
    assertThat(now).doesNotEndWith("\n").contains("\r\n        $ANSIBLE_VAULT;");
    assertThat(now.replace("\r\n", "")).doesNotContain("\n");
    assertThat(plain(values(file).getFirst())).isEqualTo("2");
  }

  @Test
  void rekeysFilesAndValuesOrNothing() throws IOException {
    Path whole = directory.resolve("whole");
    Path inline = directory.resolve("inline.yml");
    Files.write(
        whole, new FileEncryption(vault).encrypt("w".getBytes(UTF_8), "w", Optional.empty()));
    Files.writeString(inline, "a: 1\n" + value("one", "1") + "# between\n" + value("two", "2"));
    Path foreign = directory.resolve("foreign");
    Files.write(
        foreign, new FileEncryption(other).encrypt("f".getBytes(UTF_8), "f", Optional.empty()));
    byte[] was = Files.readAllBytes(whole);
    Rekeying rekeying = new Rekeying(vault, other, new DiskFiles(), directory.resolve("state"));
    assertThatThrownBy(() -> rekeying.rekey(List.of(whole, inline, foreign)))
        .isInstanceOfSatisfying(
            HearthException.class,
            refused -> assertThat(refused.exit()).isEqualTo(ExitCode.VAULT_PASSWORD))
        .hasMessageContaining("no file was changed");
    assertThat(Files.readAllBytes(whole)).isEqualTo(was);
    rekeying.rekey(List.of(whole, inline));
    assertThat(new FileEncryption(other).view(whole)).asString().isEqualTo("w");
    assertThat(Files.readString(inline))
        .startsWith("a: 1\none: !vault |\n")
        .contains("# between\n");
    assertThat(values(inline))
        .extracting(value -> new String(other.decrypt(value.ciphertext()), UTF_8))
        .containsExactly("1", "2");
  }

  @Test
  void findsAllAndTellsWhatOpensThem() throws IOException {
    Files.write(
        directory.resolve("whole"),
        new FileEncryption(other).encrypt("w".getBytes(UTF_8), "w", Optional.empty()));
    Files.writeString(directory.resolve("inline.yml"), value("one", "1"));
    Files.writeString(directory.resolve("damaged"), "$ANSIBLE_VAULT;1.1;AES256\nzz\n");
    Files.writeString(
        directory.resolve("conflict"),
        "<<<<<<< HEAD\n$ANSIBLE_VAULT;1.1;AES256\n61\n=======\n>>>>>>> x\n");
    VaultSearch search = VaultSearch.below(directory);
    assertThat(search.found()).extracting(VaultSearch.Found::format).containsExactly("1.2", "1.1");
    assertThat(search.found().getFirst().place()).endsWith("inline.yml:2");
    assertThat(search.found().getFirst().openedBy(vault)).isEqualTo("lab");
    assertThat(search.damaged()).hasSize(2);
  }

  @Test
  void saysWhatStandsBeforeAHeader() {
    FileEncryption files = new FileEncryption(vault);
    byte[] marked = "\ufeff$ANSIBLE_VAULT;1.1;AES256\n61\n".getBytes(UTF_8);
    assertThatThrownBy(() -> files.decrypt(marked, "x")).hasMessageContaining("byte order mark");
    byte[] conflict = "<<<<<<< a\n$ANSIBLE_VAULT;1.1;AES256\n".getBytes(UTF_8);
    assertThatThrownBy(() -> files.decrypt(conflict, "x")).hasMessageContaining("merge conflict");
  }

  private static List<InlineValue> values(Path file) {
    return InlineValue.all(
        InlineValue.textOf(VaultedFiles.read(file)), String.valueOf(file.getFileName()));
  }

  private String plain(InlineValue value) {
    return new String(vault.decrypt(value.ciphertext()), UTF_8);
  }
}
