package dev.hearth.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;
import dev.hearth.connection.ShellConnection;
import dev.hearth.diag.HearthException;
import dev.hearth.local.LocalProcess;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What restic is given of a repository behind an address. A script stands in for restic that
 * refuses a wrong password and address as restic does, and writes down what others could see.
 */
final class RepositoryAddressTest {

  private static final String RESTIC =
      """
      #!/bin/sh
      # What the list of processes would show, and what only the program itself sees.
      tr '\\0' '\\n' </proc/$$/cmdline >>"DIR/seen"
      printf '%s\\n' "$RESTIC_REPOSITORY" >"DIR/repository"
      printf '%s\\n' "$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $B2_ACCOUNT_ID $B2_ACCOUNT_KEY" >"DIR/keys"
      case $RESTIC_REPOSITORY in
        rest:http*|s3:*|b2:*:*) ;;
        *) echo "Fatal: unable to open config file" >&2; exit 10 ;;
      esac
      [ "$RESTIC_PASSWORD" = "right word" ] || { echo "Fatal: wrong password" >&2; exit 12; }
      case "$*" in
        *"cat config"*) echo '{"version":2}' ;;
        *"snapshots --json"*) echo '[]' ;;
        *) exit 1 ;;
      esac
      """;

  @TempDir private Path directory;

  @BeforeEach
  void program() throws IOException {
    Path program = directory.resolve("restic");
    Files.writeString(program, RESTIC.replace("DIR", directory.toString()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private Connection connection() {
    String first = "PATH=" + directory + ":$PATH; export PATH; ";
    return new ShellConnection(
        "h",
        (command, receiver) -> LocalProcess.start("h", first + command, receiver),
        () -> true,
        () -> {});
  }

  private static Restic restic(
      Connection connection, String where, String password, Map<String, String> environment) {
    Map<String, Word> words = new HashMap<>();
    environment.forEach((name, value) -> words.put(name, Word.of(new Value.Secret(value))));
    return new Restic(
        where,
        new Value.Secret(password),
        words,
        script -> connection.run(script, Become.NOBODY_ELSE));
  }

  @ParameterizedTest
  @CsvSource({
    "rest:https://lab:geheim1@backup.lan:8000/host01/,AWS_ACCESS_KEY_ID,x",
    "s3:https://minio.lan:9000/lab,AWS_SECRET_ACCESS_KEY,geheim2",
    "b2:lab-bucket:host01,B2_ACCOUNT_KEY,geheim'3 $x",
  })
  void theAddressAndTheKeysAreInTheEnvironmentAlone(String where, String name, String value)
      throws IOException {
    try (Connection connection = connection()) {
      Restic restic = restic(connection, where, "right word", Map.of(name, value));
      restic.open();
      assertThat(restic.snapshots()).isEmpty();
    }

    assertThat(directory.resolve("repository")).hasContent(where);
    assertThat(Files.readString(directory.resolve("keys"))).contains(value);
    assertThat(Files.readString(directory.resolve("seen")))
        .contains("cat", "snapshots")
        .doesNotContain("geheim", "right word", where);
  }

  @Test
  void aWrongPasswordAndAMissingRepositoryAreToldWithoutThePasswordOfTheAddress() {
    try (Connection connection = connection()) {
      String where = "rest:https://lab:geheim@backup.lan/host01/";
      refused(
          restic(connection, where, "wrong", Map.of()), "does not open", "//lab:***@backup.lan");
      refused(
          restic(connection, "swift:https://lab:geheim@store/x", "right word", Map.of()),
          "there is no repository at swift:https://lab:***@store/x");
    }
  }

  private static void refused(Restic restic, String... parts) {
    assertThatThrownBy(restic::open)
        .isInstanceOfSatisfying(
            HearthException.class,
            refused ->
                assertThat(refused.diagnostics().getFirst().render())
                    .contains(parts)
                    .doesNotContain("geheim", "right word", "wrong word"));
  }
}
