package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code teardown --receipt} leaves of what a run made. The host is this machine. */
final class TakingBackTest {

  @TempDir private Path directory;

  private HearthHere.Ended hearth(String... arguments) {
    return new HearthHere(directory).run(arguments);
  }

  private void played(String tasks) throws IOException {
    Files.writeString(
        directory.resolve("play.yml"),
        "- hosts: localhost\n  gather_facts: false\n  tasks:\n"
            + tasks.replaceAll("\\bDIR\\b", directory.toString()).indent(4));
    HearthHere.Ended run = hearth("play", "play.yml", "-i", "localhost,", "-c", "local");
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
  }

  private HearthHere.Ended takenBack() {
    return hearth("teardown", "localhost", "--receipt", "--yes", "-i", "localhost,", "-c", "local");
  }

  @Test
  void aCopiedTreeGoesWithItsDirectories() throws Exception {
    Path source = Files.createDirectories(directory.resolve("source/deep/deeper"));
    for (int i = 0; i < 50; i++) {
      Files.writeString(source.resolve("file " + i), "content " + i);
    }
    played("- copy: {src: DIR/source/, dest: DIR/copied/}");

    HearthHere.Ended back = takenBack();

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(back.out()).contains("1 steps taken back").doesNotContain("not empty", "left");
    assertThat(directory.resolve("copied")).doesNotExist();
  }

  private static final String COPIES =
      """
      - lineinfile: {path: DIR/etc/a, line: two, backup: true}
      - lineinfile: {path: DIR/etc/a, line: three, backup: true}
      - copy: {content: new, dest: DIR/etc/b, backup: true}
      - openssl_privatekey: {path: DIR/etc/key, backup: true, force: true, size: 1024}
      """;

  private Map<String, String> kept() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve("etc"))) {
      for (Path file : files.toList()) {
        all.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return all;
  }

  private void copiesMade() throws IOException {
    Path etc = Files.createDirectory(directory.resolve("etc"));
    for (String name : List.of("a", "b", "key", "b.copy~")) {
      Files.writeString(etc.resolve(name), "# old " + name + "\n");
    }
    played(COPIES);
  }

  @Test
  void copiesOfBackupGoWhenTheFilesAreBack() throws Exception {
    copiesMade();
    assertThat(kept()).hasSize(8);

    HearthHere.Ended back = takenBack();

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(kept())
        .containsOnlyKeys("a", "b", "b.copy~", "key")
        .allSatisfy((name, content) -> assertThat(content).isEqualTo("# old " + name + "\n"));
  }

  @Test
  void aCopyStaysThatWasChangedOrWhoseFileIsNotBack() throws Exception {
    copiesMade();
    Files.writeString(directory.resolve("etc/b"), "by hand");
    Path copy;
    try (Stream<Path> files = Files.list(directory.resolve("etc"))) {
      copy = files.filter(it -> it.toString().matches(".*/key\\..*~")).findFirst().orElseThrow();
    }
    Files.writeString(copy, "by hand");

    HearthHere.Ended back = takenBack();

    assertThat(back.out())
        .contains("it was changed since", "not before " + directory.resolve("etc/b"));
    assertThat(kept()).containsEntry("b", "by hand").hasSize(6);
    assertThat(copy).hasContent("by hand");
  }

  /** As far as the tasks need it: one timetable, which {@code -} reads and {@code -l} shows. */
  private static final String CRONTAB =
      """
      #!/bin/sh
      case $1 in
        -l) [ -f DIR/table ] || { echo 'no crontab' >&2; exit 1; }; exec cat DIR/table ;;
        -r) exec rm DIR/table ;;
        -) exec cat >DIR/table ;;
        *) echo "not known here: $*" >&2; exit 2 ;;
      esac
      """;

  private static final String JOBS =
      """
      - environment: {PATH: "DIR/bin:{{ lookup('env', 'PATH') }}", TMPDIR: DIR/tmp}
        block:
          - cron: {name: job, minute: "5", job: /bin/true, backup: true}
          - cron: {name: job, minute: "6", job: /bin/true, backup: true}
          - cron: {name: other, job: /bin/false, backup: true}
          - cron: {name: filed, cron_file: DIR/cron.d/filed, user: root, job: /bin/true, backup: true}
      """;

  private void timetablesMade() throws IOException {
    for (String name : List.of("bin", "tmp", "cron.d")) {
      Files.createDirectory(directory.resolve(name));
    }
    Path crontab =
        Files.writeString(
            directory.resolve("bin/crontab"), CRONTAB.replace("DIR", directory.toString()));
    assertThat(crontab.toFile().setExecutable(true)).isTrue();
    Files.writeString(directory.resolve("table"), "# by hand\n");
    Files.writeString(directory.resolve("tmp/crontab-mine"), "not a copy");
    played(JOBS);
    assertThat(temporary()).hasSize(5);
  }

  private List<String> temporary() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void copiesOfTimetablesGoWhenTheTimetablesAreBack() throws Exception {
    timetablesMade();

    HearthHere.Ended back = takenBack();

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(directory.resolve("table")).hasContent("# by hand\n");
    assertThat(directory.resolve("cron.d")).isEmptyDirectory();
    assertThat(temporary()).containsExactly("crontab-mine");
  }

  @Test
  void theCopyStaysOfATimetableThatIsNotBack() throws Exception {
    timetablesMade();
    Files.writeString(directory.resolve("cron.d/filed"), "# by hand\n");

    HearthHere.Ended back = takenBack();

    assertThat(back.out()).contains("not before " + directory.resolve("cron.d/filed"));
    assertThat(directory.resolve("cron.d/filed")).hasContent("# by hand\n");
    assertThat(temporary()).hasSize(2);
  }
}
