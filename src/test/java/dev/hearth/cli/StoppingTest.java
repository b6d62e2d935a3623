package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals to a real process, and what they do to the commands that it runs. */
final class StoppingTest {

  @TempDir Path directory;
  private Path started;
  private Path ended;

  @BeforeEach
  void write() throws IOException {
    started = directory.resolve("started");
    ended = directory.resolve("ended");
    Path script = directory.resolve("endless.sh");
    // An ordinary script: its shell tells on standard error that its sleep was ended.
    Files.writeString(
        script,
        """
        trap 'echo ending; echo ending >&2; echo >%s; exit 1' TERM
        echo >%s
        while :; do sleep 100; done
        """
            .formatted(ended, started));
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          tasks:
            - ansible.builtin.command: echo first
            - ansible.builtin.command: sh %s
              ignore_errors: true
            - ansible.builtin.command: touch %s
        """
            .formatted(script, directory.resolve("after")));
  }

  private Process hearth() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(HearthProcess.command("play", "-c", "local", "play.yml"))
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile())
            .redirectInput(new File("/dev/null"));
    // This machine's lock is in it.
    builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
    Process process = builder.start();
    await(started, process);
    return process;
  }

  private static void await(Path file, Process process) throws InterruptedException {
    while (!Files.exists(file) && process.isAlive()) {
      Thread.sleep(50);
    }
    for (int i = 0; i < 600 && !Files.exists(file); i++) {
      Thread.sleep(50);
    }
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(
            new ProcessBuilder("sh", "-c", "kill -s " + name + " " + process.pid())
                .start()
                .waitFor())
        .isZero();
  }

  private String said(String stream) throws IOException {
    return Files.readString(directory.resolve(stream), UTF_8);
  }

  private boolean running() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.anyMatch(
          process -> process.info().commandLine().orElse("").contains(directory + "/endless.sh"));
    }
  }

  @Test
  void theFirstSignalEndsTheCommandAndPrintsTheRecap() throws Exception {
    for (String name : List.of("INT", "TERM")) {
      Files.deleteIfExists(started);
      Files.deleteIfExists(ended);
      Process process = hearth();
      signal(process, name);

      assertThat(process.waitFor()).as(said("err")).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(ended).as("the command was asked to end").exists();
      assertThat(running()).isFalse();
      assertThat(said("out")).contains("PLAY RECAP").containsPattern("localhost +: ok=1 ");
      assertThat(said("err"))
          .contains("stopping;")
          .contains("error: stopped")
          .contains("before its end on localhost");
      assertThat(directory.resolve("after")).doesNotExist();
    }
  }

  @Test
  void theSecondSignalEndsTheProcessAtOnce() throws Exception {
    Files.writeString(
        directory.resolve("endless.sh"),
        "trap '' TERM; echo >" + started + "; while :; do sleep 0.1; done");
    Process process = hearth();
    signal(process, "INT");
    while (!said("err").contains("stopping;") && process.isAlive()) {
      Thread.sleep(10);
    }
    signal(process, "INT");

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED.number());
    assertThat(said("out")).doesNotContain("PLAY RECAP");
    for (int i = 0; i < 600 && running(); i++) {
      Thread.sleep(50);
    }
    assertThat(running()).isFalse();
  }
}
