package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretSourcesTest {

  @TempDir private Path directory;

  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> questions = new ArrayList<>();

  @Test
  void readsAFileWithoutTheBlanksAroundIt() throws IOException {
    Files.writeString(directory.resolve("pw"), " \tpass word\u000b\r\n\n");
    assertThat(read("pw")).isEqualTo("pass word");
  }

  @Test
  void readsAFileOfTheHomeDirectory() throws IOException {
    Files.createDirectory(directory.resolve("home"));
    Files.writeString(directory.resolve("home/.pw"), "at home");
    assertThat(read("~/.pw")).isEqualTo("at home");
  }

  @Test
  void readsAFileThatIsEncryptedWithAnEarlierPassword() throws IOException {
    Files.writeString(directory.resolve("first"), "one");
    try (VaultSecrets first = VaultSecrets.none().and("default", "one".getBytes(UTF_8))) {
      String text = new Vault(first).seal("two\n".getBytes(UTF_8), Optional.empty()).text();
      Files.writeString(directory.resolve("second"), text);
    }
    try (VaultSecrets both =
        VaultSecrets.read(List.of(identity("a@first"), identity("b@second")))) {
      assertThat(both.labels()).containsExactly("a", "b");
      assertThat(both.candidates("b").getFirst().password()).isEqualTo("two".getBytes(UTF_8));
    }
    refuses("second", "no vault password is given");
  }

  @Test
  void refusesFilesThatHoldNoPassword() throws IOException {
    refuses("missing", "does not exist");
    Files.writeString(directory.resolve("empty"), " \n");
    refuses("empty", "holds no vault password");
    refuses(".", "is not a vault password file");
  }

  @Test
  void runsAnExecutableFile() throws IOException {
    script("pw.sh", "#!/bin/sh\nprintf ' from a script \\r\\n'\n");
    assertThat(read("pw.sh")).isEqualTo(" from a script ");
  }

  @Test
  void tellsAClientScriptTheLabel() throws IOException {
    script("keyring-client.sh", "#!/bin/sh\nprintf '%s' \"$*\"\n");
    assertThat(read("lab@keyring-client.sh")).isEqualTo("--vault-id lab");
    script("unknown-client", "#!/bin/sh\nexit 2\n");
    refuses("lab@unknown-client", "knows no label 'lab'");
  }

  @Test
  void refusesScriptsThatFail() throws IOException {
    script("fails", "#!/bin/sh\nexit 3\n");
    refuses("fails", "status 3");
    script("silent", "#!/bin/sh\n");
    refuses("silent", "holds no vault password");
    script("plain", "no program\n");
    refuses("plain", "chmod -x");
  }

  @Test
  void readsAVariable() {
    SecretSource source = SecretSources.variable("PW", Map.of("PW", "from the environment"));
    assertThat(new String(source.read("default", nothing()), UTF_8))
        .isEqualTo("from the environment");
    assertThatThrownBy(() -> SecretSources.variable("OTHER", Map.of()).read("default", nothing()))
        .hasMessageContaining("environment variable OTHER");
  }

  @Test
  void asksWithAnsiblesQuestions() {
    answers.addAll(List.of("pä", "two", "new", "new", "a", "b"));
    assertThat(read("prompt")).isEqualTo("pä");
    assertThat(read("lab@prompt")).isEqualTo("two");
    assertThat(new String(sources().newPassword().read("default", nothing()), UTF_8))
        .isEqualTo("new");
    assertThatThrownBy(() -> sources().newPassword().read("lab", nothing()))
        .hasMessageContaining("not the same");
    assertThat(questions)
        .containsExactly(
            "Vault password: ",
            "Vault password (lab): ",
            "New Vault password: ",
            "Confirm New Vault password: ",
            "New vault password (lab): ",
            "Confirm new vault password (lab): ");
  }

  @Test
  void refusesAnEmptyAnswerAndHalfAnIdentity() {
    answers.add("");
    assertThatThrownBy(() -> read("prompt")).hasMessageContaining("holds no vault password");
    for (String half : List.of("", "@", "lab@", "@file", "a;b@prompt", " @prompt")) {
      assertThatThrownBy(() -> identity(half))
          .isInstanceOfSatisfying(
              HearthException.class,
              refused -> assertThat(refused.exit()).isEqualTo(ExitCode.INVALID));
    }
  }

  private SecretSources sources() {
    return new SecretSources(
        directory,
        directory.resolve("home"),
        question -> {
          questions.add(question);
          return answers.removeFirst().toCharArray();
        });
  }

  private VaultIdentity identity(String option) {
    return VaultIdentity.parse(option, sources());
  }

  private String read(String option) {
    VaultIdentity identity = identity(option);
    return new String(identity.source().read(identity.label(), nothing()), UTF_8);
  }

  private void refuses(String option, String message) {
    assertThatThrownBy(() -> read(option))
        .isInstanceOfSatisfying(
            HearthException.class,
            refused -> {
              assertThat(refused.exit()).isEqualTo(ExitCode.VAULT_PASSWORD);
              assertThat(refused).hasMessageContaining(message);
              assertThat(refused.diagnostics().getFirst().next()).isNotEmpty();
            });
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static Vault nothing() {
    return new Vault(VaultSecrets.none());
  }
}
