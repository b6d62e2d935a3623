package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role backup writes down of a repository behind an address. */
final class BackupAddressTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rest:https://lab:pass'word $HOME@backup.lan:8000/host01/",
        "s3:https://minio.lan:9000/lab",
        "b2:lab-bucket:host01"
      })
  void shReadsItAsItWasMeant(String where) throws Exception {
    Files.writeString(
        directory.resolve("vars.json"),
        """
        {"backup_directory": "/etc/hearth-backup", "backup_dumps": "/var/backups/hearth",
         "backup_plan": {"repository": {"url": "%s", "environment": {"B2_ACCOUNT_KEY": "a'b $c"}}}}
        """
            .formatted(where));
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          connection: local
          gather_facts: false
          tasks:
            - ansible.builtin.template: {src: %s, dest: %s}
        """
            .formatted(
                Path.of("roles/backup/templates/environment.j2").toAbsolutePath(),
                directory.resolve("environment")));
    HearthHere.Ended ended =
        new HearthHere(directory).run("play", "play.yml", "-e", "@vars.json", "-i", "localhost,");
    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();

    Process shell =
        new ProcessBuilder(
                "env",
                "-i",
                "sh",
                "-euc",
                ". ./environment; /usr/bin/printenv RESTIC_REPOSITORY B2_ACCOUNT_KEY;"
                    + " printf '%s' \"$SFTP_ARGUMENTS\"")
            .directory(directory.toFile())
            .start();
    assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(where + "\na'b $c\n");
    assertThat(shell.waitFor()).isZero();
  }
}
