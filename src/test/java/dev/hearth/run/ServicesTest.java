package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that come up in order behind gates; the hosts are this machine under several names. */
class ServicesTest {

  @TempDir private Path directory;

  @BeforeEach
  void lab() throws IOException {
    Files.writeString(
        directory.resolve("inventory"),
        """
        h1 ansible_connection=local
        h2 ansible_connection=local
        away ansible_host=127.0.0.1 ansible_port=1
        """);
    for (String role : List.of("one", "two")) {
      Path tasks = Files.createDirectories(directory.resolve("roles/" + role + "/tasks"));
      String file = directory + "/" + role + "-{{ inventory_hostname }}";
      Files.writeString(
          tasks.resolve("main.yml"),
          "- ansible.builtin.shell: echo up-"
              + role
              + " >>"
              + directory
              + "/order\n"
              + "- ansible.builtin.copy: {content: up, dest: '"
              + file
              + "'}\n");
      Files.writeString(
          tasks.resolve("teardown.yml"),
          "- ansible.builtin.shell: echo down-"
              + role
              + " >>"
              + directory
              + "/order\n"
              + "- ansible.builtin.file: {path: '"
              + file
              + "', state: absent}\n");
    }
    bootstrap("");
  }

  private void bootstrap(String more) throws IOException {
    Files.writeString(
        directory.resolve("bootstrap.yml"),
        """
        services:
          two:
            hosts: h1:h2
            become: false
            needs: [one]
            up: {role: two}
            gates:
              - deep: {command: [cat, "DIR/two-{{ inventory_hostname }}"], contains: up}
                deadline: 60s
                every: 10ms
          one:
            hosts: h1
            become: false
            up: {role: one}
            gates:
              - command: [test, -e, "DIR/one-{{ inventory_hostname }}"]
                deadline: 60s
                every: 10ms
        """
                .replace("DIR", directory.toString())
            + more);
  }

  private InProcess hearth(String... arguments) {
    return InProcess.hearth(directory, arguments);
  }

  private List<String> order() throws IOException {
    return Files.readAllLines(directory.resolve("order"));
  }

  @Test
  void theyComeUpInOrderAndGoDownInReverse() throws IOException {
    InProcess up = hearth("up", "two", "-i", "inventory");
    assertThat(up.exit()).as(up.out() + up.err()).isZero();
    assertThat(order()).containsExactly("up-one", "up-two", "up-two");
    assertThat(up.out()).contains("ready: one@h1", "ready: two@h1", "ready: two@h2");
    InProcess status = hearth("status", "-i", "inventory");
    assertThat(status.exit()).as(status.out()).isZero();

    assertThat(hearth("down", "one", "-i", "inventory").exit())
        .isEqualTo(ExitCode.INVALID.number());
    InProcess down = hearth("down", "one", "-i", "inventory", "--yes");
    assertThat(down.exit()).as(down.out() + down.err()).isZero();
    assertThat(order()).endsWith("down-two", "down-two", "down-one");
    InProcess after = hearth("status", "-i", "inventory");
    assertThat(after.exit()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(after.out()).containsPattern("NOT +two@h2 +deep");
  }

  @Test
  void whatNeedsAServiceThatIsNotReadyIsNotStarted() throws IOException {
    bootstrap(
        """
          shut:
            hosts: h2
            become: false
            gates:
              - command: [sh, -c, "echo 'Unsupported state' >&2; exit 1"]
                deadline: 10ms
                every: 10ms
                hints: {Unsupported state: ENCRYPTION_KEY is another}
          three: {hosts: h1, become: false, needs: [two, shut], up: {role: one}, gates: [{command: ["true"], deadline: 5s}]}
        """);

    InProcess up = hearth("up", "-i", "inventory");

    assertThat(up.exit()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(up.out())
        .contains("not ready: shut@h2: the gate 'command' did not pass")
        .contains("known:  ENCRYPTION_KEY is another")
        .contains("not ready: three@h1: needs shut@h2, which is not ready")
        .contains("ready: two@h2");
    assertThat(order()).containsExactly("up-one", "up-two", "up-two");
  }

  @Test
  void aHostThatIsAwayHoldsBackOnlyWhatNeedsIt() throws IOException {
    bootstrap(
        """
          far: {hosts: away, optional: true, become: false, gates: [{command: ["true"], deadline: 5s}]}
          near: {hosts: h2, become: false, needs: [far], gates: [{command: ["true"], deadline: 5s}]}
        """);

    InProcess up = hearth("up", "-i", "inventory");

    assertThat(up.exit()).isEqualTo(ExitCode.HOSTS_FAILED.number());
    assertThat(up.out())
        .contains("not ready: far@away: ", "not ready: near@h2: needs far@away", "ready: two@h2");
  }

  @Test
  void provisionBringsThemUpAfterThePlaybook() throws IOException {
    Files.createDirectory(directory.resolve("playbooks"));
    Files.writeString(
        directory.resolve("playbooks/provision.yml"),
        "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.shell: echo play >>"
            + directory
            + "/order\n");

    InProcess first = hearth("provision", "h1", "-i", "inventory");
    assertThat(first.exit()).as(first.out() + first.err()).isZero();
    assertThat(order()).containsExactly("play", "up-one", "up-two");

    // Only h2, whose service needs one on h1: it is waited for and not brought up.
    InProcess second = hearth("provision", "h2", "-i", "inventory");
    assertThat(second.exit()).as(second.out() + second.err()).isZero();
    assertThat(order()).containsExactly("play", "up-one", "up-two", "play", "up-two");
    assertThat(second.out()).contains("ready: one@h1", "ready: two@h2");
  }

  @Test
  void wrongDeclarationsStopProvisionBeforeAnythingIsDone() throws IOException {
    Files.createDirectory(directory.resolve("playbooks"));
    Files.writeString(
        directory.resolve("playbooks/provision.yml"),
        "- hosts: all\n  tasks:\n    - ansible.builtin.shell: touch " + directory + "/order\n");
    bootstrap("  four: {hosts: h1, needs: [five], gates: [{tcp: {port: 1}, deadline: 1s}]}\n");

    InProcess run = hearth("provision", "h1", "-i", "inventory");

    assertThat(run.exit()).isEqualTo(ExitCode.INVALID.number());
    assertThat(run.err()).contains("four needs 'five', which is no service");
    assertThat(directory.resolve("order")).doesNotExist();
  }

  @Test
  void checkModeBringsNothingUp() {
    InProcess up = hearth("up", "-i", "inventory", "--check");

    assertThat(up.exit()).as(up.err()).isZero();
    assertThat(directory.resolve("one-h1")).doesNotExist();
  }

  @Test
  void theGraphIsDrawnWithHosts() {
    assertThat(hearth("graph", "-i", "inventory").out())
        .isEqualTo("one on h1  [command]\n`- two on h1, h2  [deep]\n");
    assertThat(hearth("graph", "-i", "inventory", "--format", "svg").out()).startsWith("<svg");
    assertThat(hearth("up", "tow", "-i", "inventory").err()).contains("did you mean 'two'?");
  }
}
