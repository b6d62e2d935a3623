package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private record Ended(int exit, String out, String err) {}

  private Ended hearth(String... arguments) {
    Map<String, String> variables = new HashMap<>();
    variables.put("PATH", System.getenv("PATH"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        CommandLineInterface.run(
            new Environment(
                variables,
                directory,
                directory,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false),
            arguments);
    return new Ended(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
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

    Ended resumed = hearth("resume");

    assertThat(resumed.exit()).as(resumed.err()).isZero();
    assertThat(counted()).isEqualTo("a b c d e e f handled");
    assertThat(directory.resolve("copied")).hasContent("said\nmore\n");
    assertThat(directory.resolve("made")).isDirectory();
    Ended again = hearth("resume");
    assertThat(again.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(again.err()).contains("ended well");
  }

  @Test
  void variablesThatAreNotWrittenDownHaveToBeGivenAgain() throws IOException {
    write("test -e {{ file }}");
    String file = "file=" + directory.resolve("may");
    assertThat(hearth("play", "play.yml", "-i", "localhost,", "-c", "local", "-e", file).exit())
        .isEqualTo(ExitCode.HOSTS_FAILED.number());
    Files.createFile(directory.resolve("may"));

    Ended refused = hearth("resume");
    assertThat(refused.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(refused.err()).contains("not written down").contains("file");
    assertThat(hearth("resume", "-e", file).exit()).isZero();
    assertThat(counted()).isEqualTo("a b c d e e f handled");
  }

  @Test
  void withoutARunThereIsNothingToContinue() {
    assertThat(hearth("resume").exit()).isEqualTo(ExitCode.NOT_FOUND.number());
  }

  private Process killed(int records) throws IOException, InterruptedException {
    String path =
        ResumeTest.class.getClassLoader() instanceof URLClassLoader loader
            ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(":"))
            : System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", path));
    command.addAll(List.of("-Duser.home=" + directory, Main.class.getName()));
    command.addAll(List.of("play", "-i", "localhost,", "-c", "local", "play.yml"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().remove("XDG_STATE_HOME");
    Process process = builder.start();
    while (process.isAlive() && records() < records) {
      Thread.sleep(2);
    }
    process.destroyForcibly().waitFor();
    return process;
  }

  /** How many records the host's journal has. */
  private long records() throws IOException {
    Path runs = directory.resolve(".local/state/hearth/runs");
    if (!Files.isDirectory(runs)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(runs)) {
      List<Path> journals = files.filter(file -> file.endsWith("localhost.journal")).toList();
      return journals.isEmpty()
          ? 0
          : Files.readString(journals.getFirst(), StandardCharsets.ISO_8859_1).lines().count();
    }
  }

  /**
   * Killed when its journal has so many records. The command that is under way then may be ended
   * with it and begin again; none that has ended runs twice.
   */
  @Test
  void aKilledRunIsContinuedFromAnyPoint() throws Exception {
    write("true");
    int points = 0;
    long all = Long.MAX_VALUE;
    for (int records = 1; records <= all; records += 7) {
      clear();
      Process process = killed(records);
      if (process.exitValue() == 0) {
        all = records();
      } else {
        Ended resumed = hearth("resume");
        assertThat(resumed.exit())
            .as("killed at %d: %s%s", records, resumed.out(), resumed.err())
            .isZero();
      }
      points++;
      assertThat(counted())
          .as("killed at %d: %s", records, hearth("show", first()).out())
          .isEqualTo("a b c d e f handled");
      assertThat(directory.resolve("copied")).hasContent("said\nmore\n");
      assertThat(directory.resolve("made")).isDirectory();

      Ended torn =
          hearth("teardown", "localhost", "--receipt", "--yes", "-i", "localhost,", "-c", "local");
      assertThat(torn.exit()).as(torn.err()).isZero();
      assertThat(directory.resolve("copied")).as("killed at %d", records).doesNotExist();
      assertThat(directory.resolve("made")).as("killed at %d", records).doesNotExist();
    }
    System.out.println("killed and continued at " + points + " points");
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
