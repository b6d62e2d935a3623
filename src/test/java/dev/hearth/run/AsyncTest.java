package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that go on by themselves; their files are below the directory that they take for home. */
class AsyncTest {

  @TempDir private Path directory;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aForgottenJobEndsWhenTheRunIsOver() throws IOException, InterruptedException {
    InProcess run = play("shell: until [ -e go ]; do sleep 0.1; done; touch ended", "poll: 0", 600);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(directory.resolve("ended")).doesNotExist();
    Files.createFile(directory.resolve("go"));
    Path ended = directory.resolve("ended");
    while (!Files.exists(ended)) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    Path job = job();
    while (!Files.readString(job).contains("\"finished\": 1")) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(Files.readString(job)).contains("\"rc\": 0").contains("\"started\": 1");
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aJobIsEndedWhenItsTimeIsUp() throws IOException, InterruptedException {
    InProcess run = play("shell: sleep 50; touch ended", "poll: 0", 1);

    assertThat(run.exit()).as(run.err()).isZero();
    Path job = job();
    while (!Files.readString(job).contains("\"finished\": 1")) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(Files.readString(job)).contains("\"failed\": 1").contains("within 1 seconds");
  }

  @Test
  void whoWaitsTellsThatAJobIsLate() throws IOException {
    InProcess run = play("command: sleep 50", "poll: 1", 1);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("did not complete within the requested time - 1s");
  }

  @Test
  void nothingIsStartedInCheckMode() throws IOException {
    InProcess run = play("shell: touch ended", "poll: 0\n  check_mode: true");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(directory.resolve(".ansible_async")).doesNotExist();
  }

  @Test
  void anIdIsNoPath() throws IOException {
    Path kept = Files.writeString(directory.resolve("kept"), "x");
    InProcess.playbook(
        directory, "- async_status: {jid: ../kept, mode: cleanup}\n  environment: " + home());

    assertThat(InProcess.hearth(directory, "play", "play.yml").exit()).isEqualTo(2);
    assertThat(kept).exists();
  }

  private InProcess play(String work, String poll) throws IOException {
    return play(work, poll, 30);
  }

  private InProcess play(String work, String poll, int limit) throws IOException {
    InProcess.playbook(
        directory,
        """
        - %s
          args: {chdir: "%s"}
          async: %d
          %s
          environment: %s
        """
            .formatted(work, directory, limit, poll, home()));
    return InProcess.hearth(directory, "play", "play.yml");
  }

  private String home() {
    return "{HOME: \"" + directory + "\"}";
  }

  private Path job() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(".ansible_async"))) {
      List<Path> jobs =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".new"))
              .toList();
      assertThat(jobs).hasSize(1);
      return jobs.getFirst();
    }
  }
}
