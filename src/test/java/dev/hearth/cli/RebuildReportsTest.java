package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the report of a rebuild goes; here of one that ends with its first phase. */
final class RebuildReportsTest {

  @TempDir private Path directory;

  private Path reports;

  @BeforeEach
  void lab() throws IOException {
    reports = directory.resolve(".local/state/hearth/rebuilds");
    Files.createDirectories(reports.getParent());
    Files.createDirectories(directory.resolve("playbooks"));
    Files.writeString(directory.resolve("playbooks/provision.yml"), "- hosts: all\n  tasks: []\n");
    Files.writeString(directory.resolve("hosts"), "localhost ansible_connection=local\n");
    Files.writeString(
        directory.resolve("bootstrap.yml"),
        """
        services:
          app:
            hosts: localhost
            gates: [{command: {command: ["true"]}, deadline: 1s}]
        """);
    Files.writeString(
        directory.resolve("backup.yml"),
        """
        repository: {host: localhost, path: /srv/restic, password: a word that is long}
        hosts: localhost
        max_age: 36h
        sets:
          - {name: files, paths: [/srv/data]}
        kit:
          - {name: a key, file: not-there}
        """);
  }

  private HearthHere.Ended rebuild() {
    return new HearthHere(directory)
        .run("rebuild", "localhost", "--with-repository", "--yes", "-i", "hosts");
  }

  @Test
  void itIsAFileAndAPage() throws IOException {
    HearthHere.Ended ended = rebuild();

    assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.FAILED.number());
    assertThat(ended.out()).contains("FAILED: kit", "report: " + reports.resolve("localhost-"));
    assertThat(ended.err()).doesNotContain("cannot be written");
    try (Stream<Path> files = Files.list(reports)) {
      assertThat(files.map(file -> file.toString().replaceFirst(".*[.]", "")))
          .containsExactlyInAnyOrder("json", "html");
    }
  }

  @Test
  void whatCannotBeWrittenIsPrintedAndTheFailureBeforeIsTold() throws IOException {
    Files.writeString(reports, "in the way");

    HearthHere.Ended ended = rebuild();

    assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.FAILED.number());
    assertThat(ended.err())
        .containsSubsequence("error: ", "a key", "error: the report ", "cannot be written")
        .contains("it is the whole report as JSON")
        .doesNotContain("\tat ");
    String printed = ended.out().substring(ended.out().indexOf("{\n"));
    assertThat(JsonReader.read(printed.strip())).isInstanceOf(Value.Dict.class);
    assertThat(printed).contains("\"result\": \"failed\"", "\"name\": \"kit\"");
    assertThat(reports).hasContent("in the way");
  }
}
