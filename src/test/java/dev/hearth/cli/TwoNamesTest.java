package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One machine with two names in the inventory. The host is this machine. */
final class TwoNamesTest {

  @TempDir private Path directory;

  @BeforeEach
  void playOnBoth() throws IOException {
    Files.writeString(
        directory.resolve("hosts"), "a ansible_connection=local\nb ansible_connection=local\n");
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.copy: {content: x, dest: "%s/made by {{ inventory_hostname }}"}
        """
            .formatted(directory));
    well("play", "play.yml", "-l", "a");
    well("play", "play.yml", "-l", "b");
  }

  private HearthHere.Ended well(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "-i";
    all[arguments.length + 1] = "hosts";
    HearthHere.Ended ended = new HearthHere(directory).run(all);
    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
    return ended;
  }

  private void gone() {
    assertThat(directory.resolve("made by a")).doesNotExist();
    assertThat(directory.resolve("made by b")).doesNotExist();
  }

  @Test
  void takingDownOneTakesBackBothAndSaysSoBefore() {
    HearthHere.Ended plan = well("teardown", "a", "--receipt", "--check");
    assertThat(plan.out() + plan.err())
        .contains("a is also known as b", "a: 2 steps", "made by a", "made by b");
    assertThat(directory.resolve("made by b")).exists();

    assertThat(well("teardown", "b", "--receipt", "--yes").out()).contains("b: 2 steps taken back");
    gone();
    HearthHere.Ended after = well("teardown", "a", "--receipt", "--yes");
    assertThat(after.out()).doesNotContain("FAILED");
    gone();
  }

  @Test
  void bothTogetherAreTakenDownOnce() {
    HearthHere.Ended torn = well("teardown", "a", "b", "--receipt", "--yes");

    assertThat(torn.out())
        .contains("b: the same machine as a", "a: 2 steps taken back")
        .doesNotContain("FAILED");
    gone();
  }
}
