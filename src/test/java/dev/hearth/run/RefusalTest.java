package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Hearth does not do is refused or told, never left out in silence. */
class RefusalTest {

  @TempDir private Path directory;

  @Test
  void aJobThatNobodyWaitsForIsRefused() throws IOException {
    InProcess.playbook(
        directory,
        """
        - ansible.builtin.command: touch %s/started
          async: 5
          poll: 0
        """
            .formatted(directory));

    InProcess run = InProcess.hearth(directory, "play", "play.yml");

    assertThat(run.exit()).isNotZero();
    assertThat(run.err()).contains("'poll: 0'").contains("play.yml:6:");
    assertThat(directory.resolve("started")).doesNotExist();
  }

  @Test
  void asyncIsATimeLimit() throws IOException {
    InProcess.playbook(
        directory,
        """
        - ansible.builtin.command: sleep 60
          async: 1
        """);

    InProcess run = InProcess.hearth(directory, "play", "play.yml");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("Timed out after 1 second");
  }

  @Test
  void anotherStrategyIsTold() throws IOException {
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: localhost
          gather_facts: false
          strategy: free
          tasks:
            - ansible.builtin.debug:
        """);

    InProcess run = InProcess.hearth(directory, "play", "play.yml");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("'free'").contains("play.yml:3:");
  }

  @Test
  void theDebuggerIsRefused() throws IOException {
    InProcess.playbook(directory, "- ansible.builtin.debug:\n  debugger: always\n");

    assertThat(InProcess.hearth(directory, "play", "play.yml").exit()).isEqualTo(5);
  }
}
