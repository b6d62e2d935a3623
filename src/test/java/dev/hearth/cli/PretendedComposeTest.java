package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compose may lose one of the containers that it pretends to make ({@code pkg/dryrun} appends to a
 * list from several goroutines), and then says that a dependency is missing.
 */
final class PretendedComposeTest {

  /** Fails so as long as there are lines in a file, and counts. */
  private static final String DOCKER =
      """
      #!/bin/sh
      case "$*" in
        *version*) echo 2.26.1 ;;
        *--dry-run*)
          echo asked >>DIR/asked
          if [ -s DIR/failures ]; then
            head -n 1 DIR/failures >&2
            sed -i 1d DIR/failures
            exit 1
          fi ;;
        *) echo '[]' ;;
      esac
      """;

  @TempDir private Path directory;

  private HearthHere.Ended play(String failures) throws IOException {
    Files.writeString(directory.resolve("failures"), failures);
    Files.deleteIfExists(directory.resolve("asked"));
    Path programs = Files.createDirectories(directory.resolve("programs"));
    Files.writeString(programs.resolve("docker"), DOCKER.replace("DIR", directory.toString()));
    Files.setPosixFilePermissions(
        programs.resolve("docker"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          environment: {PATH: "%s:/usr/bin:/bin"}
          tasks:
            - community.docker.docker_compose_v2: {project_src: "%s"}
        """
            .formatted(programs, directory));
    return new HearthHere(directory).run("play", "play.yml", "-i", "localhost,", "-c", "local");
  }

  private int asked() throws IOException {
    return Files.readAllLines(directory.resolve("asked")).size();
  }

  @Test
  void aDependencyThatIsLostIsAskedForAgain() throws IOException {
    HearthHere.Ended ended = play("web is missing dependency db\nweb is missing dependency kv\n");

    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
    assertThat(asked()).isEqualTo(3);
  }

  @Test
  void oneThatStaysAwayIsRefusedAndSoIsAllElseAtOnce() throws IOException {
    assertThat(play("web is missing dependency db\n".repeat(9)).exit())
        .isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(asked()).isEqualTo(5);
    HearthHere.Ended other = play("no such file\n");
    assertThat(other.exit()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(other.err()).contains("docker compose refuses: no such file");
    assertThat(asked()).isEqualTo(1);
  }
}
