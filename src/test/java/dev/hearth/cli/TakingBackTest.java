package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            + tasks.replace("DIR", directory.toString()).indent(4));
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
}
