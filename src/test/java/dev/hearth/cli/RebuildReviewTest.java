package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the services of a host lack is told before a rebuild reaches any host. */
final class RebuildReviewTest {

  private static final String SERVICES =
      """
      services:
        app:
          hosts: lost
          up: {compose: /srv/app, source: app}
          gates: [{command: {command: ["true"]}, deadline: 1s}]
      """;

  @TempDir private Path directory;

  @BeforeEach
  void lab() throws IOException {
    Files.createDirectories(directory.resolve("playbooks"));
    Files.createDirectories(directory.resolve("app"));
    Files.writeString(directory.resolve("playbooks/provision.yml"), "- hosts: all\n  tasks: []\n");
    Files.writeString(directory.resolve("hosts"), "lost ansible_host=127.0.0.1 ansible_port=1\n");
    Files.writeString(
        directory.resolve("app/compose.yaml"),
        """
        services: {app: {image: app, networks: [proxy]}}
        networks:
          proxy: {external: true}
        """);
    Files.writeString(
        directory.resolve("backup.yml"),
        """
        repository: {host: lost, path: /srv/restic, password: a word that is long}
        hosts: lost
        max_age: 36h
        sets:
          - {name: files, paths: [/srv/data]}
        kit:
          - {name: a key, file: not-there}
        """);
  }

  private HearthHere.Ended rebuild(String services, String mode) throws IOException {
    Files.writeString(directory.resolve("bootstrap.yml"), services);
    String[] words = {"rebuild", "lost", "--with-repository", "-i", "hosts", mode};
    return new HearthHere(directory).run(words);
  }

  @Test
  void aNetworkThatNobodyMakesIsNamed() throws IOException {
    for (String mode : new String[] {"--check", "--yes"}) {
      HearthHere.Ended ended = rebuild(SERVICES, mode);

      assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.INVALID.number());
      assertThat(ended.err())
          .contains("nobody makes the external network 'proxy' on lost")
          .contains("compose.yaml:3:");
      assertThat(ended.out()).doesNotContain("passed:", "FAILED:");
    }
  }

  @Test
  void oneThatIsProvidedIsNot() throws IOException {
    HearthHere.Ended ended = rebuild("provided: {networks: [proxy]}\n" + SERVICES, "--check");

    assertThat(ended.err()).doesNotContain("external network").contains("a key");
    assertThat(ended.out()).contains("FAILED: kit");
  }
}
