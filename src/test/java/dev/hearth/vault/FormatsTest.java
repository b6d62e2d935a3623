package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import dev.hearth.vault.key.HybridIdentity;
import dev.hearth.vault.key.Recipient;
import dev.hearth.vault.key.X25519Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command on texts in every format: there, back, and for the right people only. */
final class FormatsTest {

  private static final String TEXT = "user: me\npassword: s3cret\nlast: 1\n";

  @TempDir private Path directory;

  private final X25519Identity identity = X25519Identity.random(new SecureRandom());
  private final X25519Identity other = X25519Identity.random(new SecureRandom());
  private final List<Vault> opened = new ArrayList<>();
  private final VaultSecrets password = VaultSecrets.none().and("lab", "pw".getBytes(UTF_8));
  private final VaultSecrets keyFile =
      VaultSecrets.none().and("me", ("# mine\n" + identity.reveal() + "\n").getBytes(UTF_8));
  private final Vault withPassword = vault(password, VaultPolicy.USUAL);
  private final Vault withKey = vault(keyFile, VaultPolicy.USUAL);

  private Vault vault(VaultSecrets secrets, VaultPolicy policy) {
    Vault vault = new Vault(secrets, policy);
    opened.add(vault);
    return vault;
  }

  private Vault writing(VaultSecrets secrets, Format format, Recipient... recipients) {
    return vault(
        secrets, VaultPolicy.USUAL.writing(Optional.of(format), List.of(recipients), List.of()));
  }

  @AfterEach
  void close() {
    opened.forEach(Vault::close);
  }

  @Test
  void migratesFilesThereAndBack() throws IOException {
    Path file = file("vars.yml", withPassword.seal(TEXT.getBytes(UTF_8), Optional.empty()).bytes());
    for (Format to : List.of(Format.HEARTH, Format.AGE, Format.HEARTH, Format.ANSIBLE)) {
      assertThat(migrate(withPassword, to, file)).containsExactly(file);
      assertThat(Ciphertext.parse(Files.readAllBytes(file), "vars.yml").format()).isEqualTo(to);
      assertThat(new VaultedFiles(withPassword).open(file))
          .satisfies(source -> assertThat(source.text()).isEqualTo(TEXT))
          .satisfies(source -> assertThat(source.secret()).isTrue());
      assertThat(migrate(withPassword, to, file)).as("nothing to do").isEmpty();
    }
    assertThat(Files.readString(file)).as("its label").startsWith("$ANSIBLE_VAULT;1.2;AES256;lab");
  }

  @Test
  void migratesValuesAndNoOtherByte() throws IOException {
    InlineEncryption inline = new InlineEncryption(withPassword, new DiskFiles());
    String start = "# kept\r\nplain: 1\n";
    String values = value(inline, "one") + "list:\n  - " + value(inline, "two").indent(2).strip();
    Path file = file("vars.yml", (start + values + "\nend: [1]").getBytes(UTF_8));
    migrate(withPassword, Format.HEARTH, file);
    String now = Files.readString(file);
    assertThat(now).startsWith(start + "one: !vault |\n").endsWith("\nend: [1]");
    assertThat(now.lines().filter(line -> line.contains("$HEARTH_VAULT;1;value"))).hasSize(2);
    assertThat(
            now.lines().filter(line -> line.contains("-> argon2id")).map(String::strip).distinct())
        .as("the values of a file share their recipients")
        .hasSize(1);
    assertThat(opened(file, withPassword)).containsExactly("v-one", "v-two");
    migrate(withPassword, Format.ANSIBLE, file);
    assertThat(opened(file, withPassword)).containsExactly("v-one", "v-two");
    refuses(() -> migrate(withPassword, Format.AGE, file), ExitCode.INVALID, "whole files");
    assertThat(opened(file, withPassword)).containsExactly("v-one", "v-two");
  }

  @Test
  void aValueJoinsThoseOfItsFile() throws IOException {
    Path file = file("vars.yml", "x: 1\n".getBytes(UTF_8));
    InlineEncryption strong =
        new InlineEncryption(writing(password, Format.HEARTH), new DiskFiles());
    InlineEncryption usual = new InlineEncryption(withPassword, new DiskFiles());
    strong.append(file, "one", "1".getBytes(UTF_8), Optional.empty());
    String before = Files.readString(file);
    usual.append(file, "two", "2".getBytes(UTF_8), Optional.empty());
    assertThat(Files.readString(file)).startsWith(before);
    assertThat(opened(file, withPassword)).containsExactly("1", "2");
    usual.replace(file, content -> 9, "zwei".getBytes(UTF_8));
    assertThat(Files.readString(file)).as("the other value stays").startsWith(before);
    assertThat(opened(file, withPassword)).containsExactly("1", "zwei");
  }

  @Test
  void severalRecipientsOpenAndOthersDoNot() throws IOException {
    Vault writer = writing(password, Format.HEARTH, identity.recipient());
    Path file = file("f", writer.seal(TEXT.getBytes(UTF_8), Optional.empty()).bytes());
    for (Vault reader : List.of(withPassword, withKey)) {
      assertThat(new FileEncryption(reader).view(file)).asString(UTF_8).isEqualTo(TEXT);
    }
    Vault stranger =
        vault(
            VaultSecrets.none()
                .and("me", other.reveal().getBytes(UTF_8))
                .and("lab", "wrong".getBytes(UTF_8)),
            VaultPolicy.USUAL);
    refuses(() -> new FileEncryption(stranger).view(file), ExitCode.VAULT_PASSWORD, "lab");
  }

  @Test
  void rekeyingShutsOutWhoeverIsNotNamed() throws IOException {
    Vault writer = writing(password, Format.HEARTH, identity.recipient());
    Path file = file("f", writer.seal(TEXT.getBytes(UTF_8), Optional.empty()).bytes());
    VaultSecrets fresh = VaultSecrets.none().and("lab", "new".getBytes(UTF_8));
    new Rekeying(
            withKey, vault(fresh, VaultPolicy.USUAL), new DiskFiles(), directory.resolve("state"))
        .rekey(List.of(file));
    refuses(() -> new FileEncryption(withKey).view(file), ExitCode.VAULT_PASSWORD, "tried: me");
    refuses(() -> new FileEncryption(withPassword).view(file), ExitCode.VAULT_PASSWORD, "lab");
    assertThat(new FileEncryption(vault(fresh, VaultPolicy.USUAL)).view(file))
        .asString(UTF_8)
        .isEqualTo(TEXT);
    Vault forKeys =
        vault(
            VaultSecrets.none(),
            VaultPolicy.USUAL.writing(Optional.empty(), List.of(identity.recipient()), List.of()));
    new Rekeying(
            vault(fresh, VaultPolicy.USUAL), forKeys, new DiskFiles(), directory.resolve("state"))
        .rekey(List.of(file));
    assertThat(new FileEncryption(withKey).view(file)).asString(UTF_8).isEqualTo(TEXT);
  }

  @Test
  void whatIsEditedKeepsItsRecipientsAndItsLines() throws IOException {
    Vault writer = writing(password, Format.HEARTH, other.recipient(), identity.recipient());
    byte[] before = writer.seal(TEXT.getBytes(UTF_8), Optional.empty()).bytes();
    Opened was = withKey.opened(Ciphertext.parse(before, "f")).changeable();
    String changed = was.again().seal(TEXT.replace("s3cret", "new").getBytes(UTF_8)).text();
    List<String> old = new String(before, UTF_8).lines().toList();
    assertThat(changed.lines().filter(line -> !old.contains(line))).hasSize(1);
    assertThat(withPassword.decrypt(Ciphertext.parse(changed.getBytes(UTF_8), "f")))
        .asString(UTF_8)
        .isEqualTo(TEXT.replace("s3cret", "new"));
  }

  @Test
  void anAgeFileForSeveralPeopleIsReadButNotChanged() {
    Vault writer =
        writing(VaultSecrets.none(), Format.AGE, other.recipient(), identity.recipient());
    Ciphertext several = writer.seal(TEXT.getBytes(UTF_8), Optional.empty());
    assertThat(withKey.decrypt(several)).asString(UTF_8).isEqualTo(TEXT);
    refuses(() -> withKey.opened(several).changeable(), ExitCode.INVALID, "several recipients");
    Ciphertext mine = writing(keyFile, Format.AGE).seal(TEXT.getBytes(UTF_8), Optional.empty());
    Ciphertext again = withKey.opened(mine).changeable().again().seal("x".getBytes(UTF_8));
    assertThat(withKey.decrypt(again)).asString(UTF_8).isEqualTo("x");
  }

  @Test
  void hybridKeysOpenBothFormatsThatKnowKeys() {
    byte[] plain = TEXT.getBytes(UTF_8);
    try (HybridIdentity mine = HybridIdentity.random(new SecureRandom());
        HybridIdentity stranger = HybridIdentity.random(new SecureRandom())) {
      assertThat(mine.recipient().toString()).startsWith("age1pq1");
      assertThat(Recipient.parse(mine.recipient().toString())).contains(mine.recipient());
      VaultSecrets secret = VaultSecrets.none().and("me", mine.reveal().getBytes(UTF_8));
      VaultSecrets wrong = VaultSecrets.none().and("no", stranger.reveal().getBytes(UTF_8));
      Vault reader = vault(secret, VaultPolicy.USUAL);
      for (Format format : List.of(Format.HEARTH, Format.AGE)) {
        Vault writer = writing(VaultSecrets.none(), format, mine.recipient());
        Ciphertext written =
            Ciphertext.parse(writer.seal(plain, Optional.empty()).bytes(), "vars.yml");
        assertThat(written.format()).isEqualTo(format);
        assertThat(written.recipients()).containsExactly("(age1pq key)");
        assertThat(reader.decrypt(written)).isEqualTo(plain);
        Ciphertext again = reader.opened(written).changeable().again().seal("x".getBytes(UTF_8));
        assertThat(reader.decrypt(again)).asString(UTF_8).isEqualTo("x");
        refuses(
            () -> vault(wrong, VaultPolicy.USUAL).decrypt(written),
            ExitCode.VAULT_PASSWORD,
            "tried: no");
        refuses(
            () ->
                writing(VaultSecrets.none(), format, mine.recipient(), other.recipient())
                    .seal(plain, Optional.empty()),
            ExitCode.INVALID,
            "do not go together");
      }
      Vault both = writing(password, Format.HEARTH, mine.recipient());
      Ciphertext forBoth = both.seal(plain, Optional.empty());
      assertThat(reader.decrypt(forBoth)).isEqualTo(withPassword.decrypt(forBoth));
    }
  }

  @Test
  void formatsRefuseWhatTheyCannotDo() {
    byte[] plain = TEXT.getBytes(UTF_8);
    refuses(
        () -> writing(keyFile, Format.ANSIBLE).seal(plain, Optional.empty()),
        ExitCode.INVALID,
        "age key");
    refuses(
        () -> writing(password, Format.ANSIBLE, other.recipient()).seal(plain, Optional.empty()),
        ExitCode.INVALID,
        "public key");
    refuses(
        () -> writing(password, Format.AGE, other.recipient()).seal(plain, Optional.of("lab")),
        ExitCode.INVALID,
        "not for both");
    assertThat(withKey.seal(plain, Optional.empty()).format()).isEqualTo(Format.HEARTH);
    assertThat(withPassword.seal(plain, Optional.empty()).format()).isEqualTo(Format.ANSIBLE);
  }

  @Test
  void anInlineValueOpensWhereItIsUsed() {
    String envelope =
        writing(password, Format.HEARTH)
            .sealer(Use.VALUE, Optional.empty())
            .seal("s3cret".getBytes(UTF_8))
            .text();
    Location at = new Location(Source.of("vars.yml", ""), 3, 11);
    assertThat(withPassword.open(new Value.Vaulted(envelope, at)).reveal()).isEqualTo("s3cret");
    String damaged = envelope.replaceFirst("--- .", "--- ");
    assertThatThrownBy(() -> withPassword.open(new Value.Vaulted(damaged, at)))
        .hasMessageContaining("vars.yml:6:11");
  }

  @Test
  void aFileThatIsNoKeyFileIsAPassword() {
    for (String text : List.of("AGE-SECRET-KEY-1WRONG", identity.reveal() + "\nmore", "pw")) {
      VaultSecrets secrets = VaultSecrets.none().and("x", text.getBytes(UTF_8));
      Ciphertext made = vault(secrets, VaultPolicy.USUAL).seal(new byte[1], Optional.empty());
      assertThat(made.format()).isEqualTo(Format.ANSIBLE);
    }
  }

  private static String value(InlineEncryption inline, String key) {
    return inline.yaml(("v-" + key).getBytes(UTF_8), Optional.of(key), Optional.empty());
  }

  private List<Path> migrate(Vault vault, Format to, Path file) {
    return Rekeying.migrating(vault, to, new DiskFiles(), directory.resolve("state"))
        .rekey(List.of(file));
  }

  private static List<String> opened(Path file, Vault vault) throws IOException {
    return InlineValue.all(Files.readString(file), "vars.yml").stream()
        .map(value -> new String(vault.decrypt(value.ciphertext()), UTF_8))
        .toList();
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static void refuses(Runnable action, ExitCode exit, String words) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            HearthException.class,
            refused -> {
              assertThat(refused.exit()).isEqualTo(exit);
              assertThat(refused).hasMessageContaining(words);
              assertThat(refused.diagnostics().getFirst().next()).isNotEmpty();
            });
  }
}
