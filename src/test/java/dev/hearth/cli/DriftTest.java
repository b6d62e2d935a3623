package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hearth diff} tells of a run's places. The host is this machine. */
final class DriftTest {

  private static final String PLAY =
      """
      - hosts: localhost
        gather_facts: false
        tasks:
          - git: {repo: "file://DIR/repo", dest: DIR/clone}
          - copy: {content: mine, dest: DIR/clone/settings}
          - copy: {content: other, dest: DIR/clone/tracked}
          - file: {path: DIR/scratch, state: directory}
          - copy: {content: x, dest: DIR/scratch/file}
          - file: {path: DIR/scratch, state: absent}
          - tempfile: {path: DIR/made, prefix: fresh}
      """;

  @TempDir private Path directory;

  /** A timetable is no file of the run: only the program that keeps it can be asked. */
  private static final String TIMETABLE =
      """
      - hosts: localhost
        gather_facts: false
        environment: {PATH: "DIR/bin:{{ lookup('env', 'PATH') }}"}
        tasks:
          - cron: {name: early, minute: "1", job: "true"}
          - cron: {name: late, minute: "2", job: "true"}
      """;

  private static final String CRONTAB =
      """
      #!/bin/sh
      case $* in
        -l) cat DIR/table 2>/dev/null ;;
        -) cat >DIR/table ;;
        -r) rm DIR/table ;;
        *) exit 2 ;;
      esac
      """;

  private HearthHere.Ended hearth(String... arguments) {
    return new HearthHere(directory).run(arguments);
  }

  private HearthHere.Ended diff(String run) {
    return hearth("diff", run, "-i", "localhost,", "-c", "local");
  }

  private String played() throws Exception {
    Process repository =
        new ProcessBuilder(
                "sh",
                "-ec",
                "mkdir made && git init -q repo && cd repo && echo 1 >tracked && echo 2 >left"
                    + " && git add . && git -c user.name=n -c user.email=e@x commit -qm one")
            .directory(directory.toFile())
            .inheritIO()
            .start();
    assertThat(repository.waitFor()).isZero();
    return played(PLAY);
  }

  private String played(String play) throws Exception {
    Files.writeString(directory.resolve("play.yml"), play.replace("DIR", directory.toString()));
    HearthHere.Ended run = hearth("play", "play.yml", "-i", "localhost,", "-c", "local");
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    return hearth("history").out().split(" ", 2)[0];
  }

  private String playedTimetable(String play) throws Exception {
    Path program = Files.createDirectories(directory.resolve("bin")).resolve("crontab");
    Files.writeString(program, CRONTAB.replace("DIR", directory.toString()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return played(play);
  }

  private HearthHere.Ended takenBack() {
    return hearth("teardown", "localhost", "--receipt", "--yes", "-i", "localhost,", "-c", "local");
  }

  private Path fresh() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("made"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void whatTheRunItselfDidLaterIsNoDrift() throws Exception {
    HearthHere.Ended diff = diff(played());

    assertThat(diff.out() + diff.err()).isEmpty();
    assertThat(diff.exit()).isZero();
  }

  @Test
  void whatOthersDoInATreeIsTold() throws Exception {
    String run = played();
    Files.writeString(directory.resolve("clone/left"), "by hand");

    HearthHere.Ended diff = diff(run);

    assertThat(diff.exit()).isEqualTo(ExitCode.CHANGES_PENDING.number());
    assertThat(diff.out())
        .startsWith("localhost: " + directory.resolve("clone") + "\n  left: tree ");
    assertThat(diff.out().lines()).hasSize(3);
  }

  @Test
  void whatIsNoFileIsLookedAtAsTheRunLookedAtIt() throws Exception {
    String run = playedTimetable(TIMETABLE);
    HearthHere.Ended same = diff(run);
    assertThat(same.out() + same.err()).isEmpty();
    assertThat(same.exit()).isZero();
    assertThat(hearth("show", run).out()).contains("left  timetable: sha256 ");

    Files.writeString(directory.resolve("table"), "# nothing\n");

    HearthHere.Ended diff = diff(run);
    assertThat(diff.exit()).isEqualTo(ExitCode.CHANGES_PENDING.number());
    assertThat(diff.out()).startsWith("localhost: timetable\n  left: sha256 ");
    assertThat(diff.out().lines()).hasSize(3);
  }

  @Test
  void whatIsNoFileIsTakenBackWithTheProgramThatMadeIt() throws Exception {
    playedTimetable(TIMETABLE);

    HearthHere.Ended back = takenBack();

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(back.out()).doesNotContain("  nothing    ");
    assertThat(directory.resolve("table")).doesNotExist();
  }

  @Test
  void whatSomebodyTookBackAlreadyIsLeftAlone() throws Exception {
    playedTimetable(TIMETABLE.replaceFirst("(?m)^.*early.*\\R", ""));
    Files.delete(directory.resolve("table"));

    HearthHere.Ended back = takenBack();

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(back.out())
        .contains("  nothing    install the timetable")
        .doesNotContain("take back");
  }

  @Test
  void whatTheRunItselfTookBackIsLeftAlone() throws Exception {
    playedTimetable(
        TIMETABLE.replaceFirst(
            "name: late, minute: \"2\", job: \"true\"", "name: early, state: absent"));

    HearthHere.Ended back = takenBack();

    assertThat(back.exit()).as(back.out() + back.err()).isZero();
    assertThat(back.out())
        .contains("  nothing    install the timetable", "2 steps taken back")
        .doesNotContain("take back");
  }

  @Test
  void whatAStepBroughtAndIsGoneIsTold() throws Exception {
    String run = played();
    Path fresh = fresh();
    Files.delete(fresh);

    HearthHere.Ended diff = diff(run);

    assertThat(diff.exit()).isEqualTo(ExitCode.CHANGES_PENDING.number());
    assertThat(diff.out()).contains(fresh + "\n  left: brought by: ", "\n  now:  gone\n");
  }
}
