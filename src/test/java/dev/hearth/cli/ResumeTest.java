package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that fail or are killed, and what continuing them does. The host is this machine. */
final class ResumeTest {

  /** Each command counts how often it ran. */
  private static final String PLAY =
      """
      - hosts: localhost
        gather_facts: false
        tasks:
          - ansible.builtin.shell: echo a >>counts; echo said
            register: first
          - ansible.builtin.copy: {content: "{{ first.stdout }}", dest: DIR/copied}
            notify: tell
          - ansible.builtin.shell: echo {{ item }} >>counts
            loop: [b, c, d]
          - ansible.builtin.lineinfile: {path: DIR/copied, line: more}
            notify: tell
          - ansible.builtin.shell: "echo e >>counts; CONDITION"
          - ansible.builtin.shell: echo f >>counts
          - ansible.builtin.file: {path: DIR/made, state: directory, mode: "0750"}
        handlers:
          - name: tell
            ansible.builtin.shell: echo handled >>counts
      """;

  @TempDir private Path directory;

  @BeforeEach
  void counts() throws IOException {
    Files.createFile(directory.resolve("counts"));
  }

  private void write(String condition) throws IOException {
    Files.writeString(
        directory.resolve("play.yml"),
        PLAY.replace("DIR", directory.toString())
            .replace("CONDITION", condition)
            .replace("counts", directory.resolve("counts").toString()));
  }

  private HearthHere.Ended hearth(String... arguments) {
    return new HearthHere(directory).run(arguments);
  }

  private String counted() throws IOException {
    return Files.readAllLines(directory.resolve("counts")).stream()
        .sorted()
        .collect(Collectors.joining(" "));
  }

  @Test
  void whatIsFinishedIsNotDoneAgainAndHandlersAreStillDue() throws IOException {
    write("test -e " + directory.resolve("may"));
    assertThat(hearth("play", "play.yml", "-i", "localhost,", "-c", "local").exit())
        .isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(counted()).isEqualTo("a b c d e");
    Files.createFile(directory.resolve("may"));

    HearthHere.Ended resumed = hearth("resume");

    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(counted()).isEqualTo("a b c d e e f handled");
    assertThat(directory.resolve("copied")).hasContent("said\nmore\n");
    assertThat(directory.resolve("made")).isDirectory();
    HearthHere.Ended again = hearth("resume");
    assertThat(again.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(again.err()).contains("ended well");
  }

  /** Not only the last item of a loop is where a run ended. */
  @Test
  void whatFailedInALoopIsTriedAgainAndNothingElse() throws IOException {
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          tasks:
            - ansible.builtin.shell: echo z >>DIR/counts; false
              ignore_errors: true
            - ansible.builtin.shell: echo {{ item }} >>DIR/counts; test {{ item }} != b -o -e DIR/may
              loop: [a, b, c]
        """
            .replace("DIR", directory.toString()));
    assertThat(hearth("play", "play.yml", "-i", "localhost,", "-c", "local").exit())
        .isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(counted()).isEqualTo("a b c z");
    Files.createFile(directory.resolve("may"));

    HearthHere.Ended resumed = hearth("resume");

    assertThat(resumed.exit()).as(resumed.out() + resumed.err()).isZero();
    assertThat(counted()).isEqualTo("a b b c z");
  }

  @Test
  void variablesThatAreNotWrittenDownHaveToBeGivenAgain() throws IOException {
    write("test -e {{ file }}");
    String file = "file=" + directory.resolve("may");
    assertThat(hearth("play", "play.yml", "-i", "localhost,", "-c", "local", "-e", file).exit())
        .isEqualTo(ExitCode.HOSTS_FAILED.number());
    Files.createFile(directory.resolve("may"));

    HearthHere.Ended refused = hearth("resume");
    assertThat(refused.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(refused.err()).contains("not written down").contains("file");
    HearthHere.Ended resumed = hearth("resume", "-e", file);
    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(counted()).isEqualTo("a b c d e e f handled");
  }

  @Test
  void withoutARunThereIsNothingToContinue() {
    assertThat(hearth("resume").exit()).isEqualTo(ExitCode.NOT_FOUND.number());
  }

  /** How many records lie between two kills; {@code bench/kill} takes each one. */
  private static final int STRIDE = Integer.getInteger("hearth.kill.stride", 7);

  /**
   * Killed at the moment when it has written so many records. The command that is under way then
   * may be ended with it and begin again; none that has ended runs twice.
   */
  @Test
  void aKilledRunIsContinuedFromAnyRecord() throws Exception {
    write("true");
    int points = 0;
    boolean killed = true;
    for (int records = 1; killed; records += STRIDE) {
      clear();
      killed =
          DebuggedHearth.killedAfterRecord(
              records, directory, "play", "-i", "localhost,", "-c", "local", "play.yml");
      if (killed) {
        points++;
        HearthHere.Ended resumed = hearth("resume");
        // After its last record nothing is left to be done.
        boolean ended = resumed.err().contains("ended well");
        assertThat(resumed.exit())
            .as("killed at %d: %s%s", records, resumed.out(), resumed.err())
            .isEqualTo(ended ? ExitCode.INVALID.number() : 0);
      }
      assertThat(counted())
          .as("killed at %d: %s", records, hearth("show", first()).out())
          .isEqualTo("a b c d e f handled");
      assertThat(directory.resolve("copied")).hasContent("said\nmore\n");
      assertThat(directory.resolve("made")).isDirectory();

      HearthHere.Ended torn =
          hearth("teardown", "localhost", "--receipt", "--yes", "-i", "localhost,", "-c", "local");
      assertThat(torn.exit()).as(torn.err()).isZero();
      assertThat(directory.resolve("copied")).as("killed at %d", records).doesNotExist();
      assertThat(directory.resolve("made")).as("killed at %d", records).doesNotExist();
    }
    System.out.println("killed and continued after " + points + " records");
    assertThat(points).isGreaterThan(30 / STRIDE);
  }

  private String first() throws IOException {
    try (Stream<Path> runs = Files.list(directory.resolve(".local/state/hearth/runs"))) {
      return runs.map(run -> run.getFileName().toString()).sorted().findFirst().orElseThrow();
    }
  }

  private void clear() throws IOException {
    Files.writeString(directory.resolve("counts"), "");
    Path state = directory.resolve(".local");
    if (Files.exists(state)) {
      try (Stream<Path> files = Files.walk(state)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
