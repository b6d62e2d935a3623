package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class VaultTest {

  private static final byte[] FIXED_SALT = "q".repeat(32).getBytes(US_ASCII);

  @Test
  void derivesTheKnownKeys() {
    try (Keys keys = Keys.derive("hunter42".getBytes(US_ASCII), FIXED_SALT)) {
      assertThat(HexFormat.of().formatHex(keys.material()))
          .isEqualTo(
              "6509232fa5db2b9c316c8abc9a9b17c5417fcbc645535b46d76223d672ada0a7"
                  + "6a337bf9296572ec149a59269090198194e4a48f2bf1ce67a7869412598759cb"
                  + "011120301b316076039325e8c100738b");
    }
  }

  @Test
  void derivesTheSameKeysTogether() {
    byte[] password = bytes("pw");
    List<byte[]> salts = List.of(FIXED_SALT, bytes("other"), bytes("third"));
    List<Keys> together = Keys.derive(password, salts);
    assertThat(together)
        .extracting(Keys::material)
        .containsExactlyElementsOf(
            salts.stream().map(salt -> Keys.derive(password, salt).material()).toList());
  }

  @Test
  void opensWhatWasPreparedWithManyOthers() {
    Vault vault = vault("default", "pw");
    Envelope right = vault.seal(bytes("text"), Optional.empty(), FIXED_SALT);
    List<Ciphertext> texts = new ArrayList<>();
    for (int number = 0; number < 120; number++) {
      byte[] salt = bytes("salt " + number);
      texts.add(new Envelope("default", salt, right.check(), right.ciphertext(), right.at()));
    }
    texts.add(60, right);
    texts.add(right);
    try (Vault opening = vault("default", "pw")) {
      opening.prepare(texts);
      assertThat(opening.decrypt(right)).isEqualTo(bytes("text"));
      assertThatThrownBy(() -> opening.decrypt(texts.getFirst()))
          .isInstanceOf(HearthException.class)
          .hasMessageContaining("no vault password given opens");
    }
  }

  @Test
  void writesTheKnownTextOfNothing() {
    Vault vault = vault("default", "hunter42");
    Envelope sealed = vault.seal(new byte[0], Optional.empty(), FIXED_SALT);
    assertThat(sealed.text())
        .isEqualTo(
            """
            $ANSIBLE_VAULT;1.1;AES256
            37313731373137313731373137313731373137313731373137313731373137313731373137313731
            3731373137313731373137313731373137313731373137310a333563663033633237303232343832
            30373563356435646261653662636437363864656536316431653032393366643762353031633537
            6637633333643265380a393030633365393432383334393330643966326535633365633531613366
            3136
            """);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vault/vectors.csv", nullValues = "-")
  void opensWhatAnsibleEncrypted(String file, String label, String password, String plain)
      throws IOException {
    byte[] content = resource(file);
    byte[] secret = Base64.getDecoder().decode(password);
    try (VaultSecrets secrets = VaultSecrets.none().and("other", secret);
        Vault vault = new Vault(secrets)) {
      Envelope envelope = Envelope.parse(content, file);
      assertThat(envelope.label()).isEqualTo(label);
      assertThat(vault.decrypt(envelope))
          .isEqualTo(Base64.getDecoder().decode(Objects.requireNonNullElse(plain, "")));
      assertThat(envelope.text()).isEqualTo(new String(content, US_ASCII));
    }
    try (VaultSecrets secrets =
            VaultSecrets.none().and(label, Base64.getDecoder().decode(password));
        Vault vault = new Vault(secrets)) {
      byte[] salt = Envelope.parse(content, file).salt();
      byte[] bytes = Base64.getDecoder().decode(Objects.requireNonNullElse(plain, ""));
      assertThat(vault.seal(bytes, Optional.empty(), salt).text())
          .as("what we write, ansible-vault would have written")
          .isEqualTo(new String(content, US_ASCII));
    }
  }

  @Test
  void opensWhatItSealed() {
    Random random = new Random(42);
    for (int round = 0; round < 40; round++) {
      byte[] password = new byte[1 + random.nextInt(90)];
      random.nextBytes(password);
      byte[] plain = new byte[random.nextInt(70)];
      random.nextBytes(plain);
      String label = round % 2 == 0 ? "default" : "lab-" + round;
      try (VaultSecrets secrets = VaultSecrets.none().and(label, password);
          Vault vault = new Vault(secrets)) {
        String text = vault.seal(plain, Optional.of(label)).text();
        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
        Envelope read = Envelope.parse(text.getBytes(US_ASCII), "round " + round);
        assertThat(read.label()).isEqualTo(label);
        assertThat(vault.decrypt(read)).isEqualTo(plain);
      }
    }
  }

  @Test
  void everySealHasItsOwnSalt() {
    Vault vault = vault("default", "pw");
    assertThat(vault.seal(new byte[3], Optional.empty()).text())
        .isNotEqualTo(vault.seal(new byte[3], Optional.empty()).text());
  }

  @Test
  void refusesEveryFlippedBit() {
    Vault vault = vault("default", "pw");
    Envelope sealed = vault.seal("secret".getBytes(UTF_8), Optional.empty(), FIXED_SALT);
    for (int bit = 0; bit < sealed.ciphertext().length * 8; bit++) {
      refuses(
          vault,
          new Envelope(
              "default",
              sealed.salt(),
              sealed.check(),
              flipped(sealed.ciphertext(), bit),
              sealed.at()));
    }
    for (int bit = 0; bit < sealed.check().length * 8; bit++) {
      refuses(
          vault,
          new Envelope(
              "default",
              sealed.salt(),
              flipped(sealed.check(), bit),
              sealed.ciphertext(),
              sealed.at()));
    }
    for (int bit = 0; bit < 8; bit++) {
      refuses(
          vault,
          new Envelope(
              "default",
              flipped(sealed.salt(), bit),
              sealed.check(),
              sealed.ciphertext(),
              sealed.at()));
    }
  }

  @Test
  void refusesOrRepairsNothingInADamagedText() {
    Vault vault = vault("default", "pw");
    String text = vault.seal("secret".getBytes(UTF_8), Optional.empty(), FIXED_SALT).text();
    Random random = new Random(7);
    for (int round = 0; round < 3000; round++) {
      char[] damaged = text.toCharArray();
      int position = random.nextInt(damaged.length);
      damaged[position] = (char) (' ' + random.nextInt(95));
      String tried = new String(damaged, 0, random.nextInt(4) == 0 ? position : damaged.length);
      try {
        byte[] plain = vault.decrypt(Envelope.parse(tried.getBytes(US_ASCII), "damaged"));
        assertThat(new String(plain, UTF_8)).as(tried).isEqualTo("secret");
      } catch (HearthException refused) {
        assertThat(refused.exit()).isIn(ExitCode.VAULT_CORRUPT, ExitCode.VAULT_PASSWORD);
      }
    }
  }

  @Test
  void triesTheLabelFirstThenTheOthers() {
    try (VaultSecrets secrets =
        VaultSecrets.none()
            .and("a", bytes("one"))
            .and("b", bytes("two"))
            .and("a", bytes("three"))) {
      assertThat(secrets.candidates("b").stream().map(s -> new String(s.password(), UTF_8)))
          .containsExactly("two", "one", "three");
      assertThat(secrets.candidates("unknown").stream().map(VaultSecret::label))
          .containsExactly("a", "b", "a");
      Ciphertext sealed = new Vault(secrets).seal(bytes("x"), Optional.of("b"));
      assertThat(vault("elsewhere", "two").decrypt(sealed)).isEqualTo(bytes("x"));
    }
  }

  @Test
  void saysThatThereIsNoPassword() {
    Ciphertext sealed = vault("default", "pw").seal(bytes("x"), Optional.empty());
    assertThatThrownBy(() -> new Vault(VaultSecrets.none()).decrypt(sealed))
        .isInstanceOfSatisfying(
            HearthException.class,
            none -> {
              assertThat(none.exit()).isEqualTo(ExitCode.VAULT_PASSWORD);
              assertThat(none).hasMessageContaining("no vault password is given");
              assertThat(none).hasMessageContaining("--vault-password-file");
            });
  }

  @Test
  void saysThatThePasswordIsWrongWithoutShowingIt() {
    Ciphertext sealed =
        vault("default", "right-password").seal(bytes("plain-text"), Optional.empty());
    HearthException wrong =
        catchThrowableOfType(
            HearthException.class, () -> vault("default", "wrong-password").decrypt(sealed));
    assertThat(wrong.exit()).isEqualTo(ExitCode.VAULT_PASSWORD);
    assertThat(wrong)
        .hasMessageContaining("tried: default")
        .message()
        .doesNotContain("wrong-password", "right-password", "plain-text");
  }

  @Test
  void opensInlineValuesAsSecrets() {
    Vault vault = vault("default", "pw");
    String text = vault.seal(bytes("s3cret-ü"), Optional.empty()).text();
    Location at = new Location(Source.of("vars.yml", "a: !vault |"), 2, 7);
    Value.Secret opened = vault.open(new Value.Vaulted(text, at));
    assertThat(opened.reveal()).isEqualTo("s3cret-ü");
    assertThat(opened).hasToString("***");
  }

  @Test
  void refusesInlineBytesThatAreNoText() {
    Vault vault = vault("default", "pw");
    String text = vault.seal(new byte[] {(byte) 0xff}, Optional.empty()).text();
    Location at = new Location(Source.of("vars.yml", "a: !vault |"), 2, 7);
    assertThatThrownBy(() -> vault.open(new Value.Vaulted(text, at)))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining("not UTF-8")
        .hasMessageContaining("vars.yml:2:7");
  }

  @Test
  void wipesWhatItKnowsWhenClosed() {
    byte[] password = bytes("pw");
    VaultSecrets secrets = VaultSecrets.none().and("default", password);
    secrets.close();
    assertThat(password).containsOnly(0);
    Keys keys = Keys.derive(bytes("pw"), FIXED_SALT);
    keys.close();
    assertThat(keys.material()).containsOnly(0);
  }

  @Test
  void asksWhichPasswordToEncryptWith() {
    try (VaultSecrets two = VaultSecrets.none().and("a", bytes("1")).and("b", bytes("2"))) {
      assertThatThrownBy(() -> new Vault(two).seal(bytes("x"), Optional.empty()))
          .hasMessageContaining("--encrypt-vault-id")
          .hasMessageContaining("'a', 'b'");
      assertThatThrownBy(() -> new Vault(two).seal(bytes("x"), Optional.of("c")))
          .hasMessageContaining("no vault password has the label 'c'");
    }
  }

  private static void refuses(Vault vault, Envelope envelope) {
    assertThatThrownBy(() -> vault.decrypt(envelope))
        .isInstanceOfSatisfying(
            HearthException.class,
            refused -> assertThat(refused.exit()).isEqualTo(ExitCode.VAULT_PASSWORD));
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = Arrays.copyOf(bytes, bytes.length);
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static Vault vault(String label, String password) {
    return new Vault(VaultSecrets.none().and(label, bytes(password)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream file = VaultTest.class.getResourceAsStream("/vault/" + name)) {
      return Objects.requireNonNull(file, name).readAllBytes();
    }
  }
}
