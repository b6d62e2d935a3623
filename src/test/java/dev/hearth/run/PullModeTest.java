package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that provisions itself; over SSH none of these hosts could be reached. */
class PullModeTest {

  @TempDir private Path directory;

  @BeforeEach
  void lab() throws IOException {
    Files.writeString(
        directory.resolve("inventory"),
        """
        here ansible_host=127.0.0.1 ansible_port=1
        other ansible_host=127.0.0.1 ansible_port=1
        """);
    Files.createDirectory(directory.resolve("playbooks"));
    playbook("");
  }

  private void playbook(String more) throws IOException {
    Files.writeString(
        directory.resolve("playbooks/provision.yml"),
        """
        - hosts: all
          gather_facts: false
          tasks:
            - ansible.builtin.shell: echo {{ inventory_hostname }} >>DIR/ran
            - ansible.builtin.shell: echo beside >>DIR/ran
              delegate_to: localhost
        """
                .replace("DIR", directory.toString())
            + more);
  }

  @Test
  void onlyThisHostIsProvisionedAndWithoutSsh() throws IOException {
    InProcess run = InProcess.hearth(directory, "apply", "--local", "here", "-i", "inventory");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(directory.resolve("ran")).hasContent("here\nbeside\n");
  }

  @Test
  void whatIsDelegatedToAnotherHostIsNotDoneHere() throws IOException {
    playbook(
        """
            - ansible.builtin.shell: echo wrong >>DIR/ran
              delegate_to: other
        """
            .replace("DIR", directory.toString()));

    InProcess run = InProcess.hearth(directory, "apply", "--local", "here", "-i", "inventory");

    assertThat(run.exit()).as(run.out()).isNotZero();
    assertThat(directory.resolve("ran")).hasContent("here\nbeside\n");
  }

  @Test
  void aMachineThatIsNoHostIsRefused() {
    InProcess run = InProcess.hearth(directory, "apply", "--local", "hree", "-i", "inventory");

    assertThat(run.exit()).isEqualTo(ExitCode.NO_HOSTS.number());
    assertThat(run.err()).contains("the inventory has no host 'hree'");
    assertThat(directory.resolve("ran")).doesNotExist();
  }
}
