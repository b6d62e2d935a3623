package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step that was running when Hearth was killed goes on, and its true result is adopted. */
final class AdoptionTest {

  @TempDir private Path directory;
  private Path started;
  private Path release;

  @BeforeEach
  void write() throws IOException {
    started = directory.resolve("started");
    release = directory.resolve("release");
    Files.writeString(
        directory.resolve("slow.sh"),
        """
        echo began >>%s
        echo before; echo before >&2
        while [ ! -e %s ]; do sleep 0.1; done
        echo after; echo after >&2
        exit 3
        """
            .formatted(started, release));
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          tasks:
            - ansible.builtin.command: sh slow.sh
              register: slow
              failed_when: slow.rc != 3
            - ansible.builtin.copy:
                dest: %s
                content: "{{ slow.rc }} {{ slow.stdout_lines }} {{ slow.stderr_lines }}"
        """
            .formatted(directory.resolve("told")));
  }

  @AfterEach
  void letGo() throws IOException {
    Files.writeString(release, "");
  }

  private Process hearth(String name, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(HearthProcess.command(arguments))
            .directory(directory.toFile())
            .redirectOutput(directory.resolve(name + ".out").toFile())
            .redirectError(directory.resolve(name + ".err").toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
    return builder.start();
  }

  private String said(String name) throws IOException {
    return Files.readString(directory.resolve(name), UTF_8);
  }

  private Process killed() throws Exception {
    Process process = hearth("first", "play", "-i", "localhost,", "-c", "local", "play.yml");
    while (!Files.exists(started) && process.isAlive()) {
      process
          .onExit()
          .completeOnTimeout(process, 50, java.util.concurrent.TimeUnit.MILLISECONDS)
          .join();
    }
    process.destroyForcibly().waitFor();
    return process;
  }

  private List<Path> kept() throws IOException {
    Path former = directory.resolve("state/hearth/host/former");
    if (!Files.exists(former)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(former)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void itIsWaitedForAndNotBegunAgain() throws Exception {
    killed();
    assertThat(kept()).extracting(Path::getFileName).extracting(Path::toString).contains("shell");
    assertThat(Files.getPosixFilePermissions(kept().getFirst().getParent()))
        .as("nobody else can read what it writes")
        .hasToString("[OWNER_READ, OWNER_WRITE, OWNER_EXECUTE]");

    Process resumed = hearth("second", "resume");
    while (!said("second.err").contains("still goes on") && resumed.isAlive()) {
      resumed
          .onExit()
          .completeOnTimeout(resumed, 50, java.util.concurrent.TimeUnit.MILLISECONDS)
          .join();
    }
    assertThat(resumed.isAlive()).as(said("second.err")).isTrue();
    Files.writeString(release, "");

    assertThat(resumed.waitFor()).as(said("second.out") + said("second.err")).isZero();
    assertThat(said("told")).isEqualTo("3 ['before', 'after'] ['before', 'after']");
    assertThat(said("started")).isEqualTo("began\n");
    assertThat(kept())
        .extracting(Path::getFileName)
        .extracting(Path::toString)
        .doesNotContain("shell", "out", "err", "exit");
  }

  @Test
  void anotherRunIsRefusedMeanwhile() throws Exception {
    killed();

    Process other = hearth("other", "play", "-i", "localhost,", "-c", "local", "play.yml");

    assertThat(other.waitFor()).as(said("other.err")).isEqualTo(ExitCode.LOCKED.number());
    assertThat(said("other.err")).contains("its last step still goes on").contains("hearth resume");
    assertThat(said("started")).isEqualTo("began\n");
  }

  @Test
  void aResumedRunThatIsKilledTooLosesNothing() throws Exception {
    killed();
    Process resumed = hearth("second", "resume");
    while (!said("second.err").contains("still goes on") && resumed.isAlive()) {
      resumed
          .onExit()
          .completeOnTimeout(resumed, 50, java.util.concurrent.TimeUnit.MILLISECONDS)
          .join();
    }
    resumed.destroyForcibly().waitFor();
    Files.writeString(release, "");

    Process third = hearth("third", "resume");

    assertThat(third.waitFor()).as(said("third.out") + said("third.err")).isZero();
    assertThat(said("told")).isEqualTo("3 ['before', 'after'] ['before', 'after']");
    assertThat(said("started")).isEqualTo("began\n");
  }
}
