package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that is started anew, or whose disk is full, in the middle of a run; then resume. */
final class InterruptedHostIT {

  private static TestHost host;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    host = TestHost.start(13);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private void inventory() throws IOException {
    Files.writeString(
        directory.resolve("hosts"),
        "target ansible_host=%s ansible_port=%d ansible_user=root ansible_ssh_private_key_file=%s ansible_ssh_common_args='-o UserKnownHostsFile=%s'\n"
            .formatted(host.address(), host.port(), host.clientKey(), host.knownHostsFile()));
  }

  private void play(String tasks) throws IOException {
    inventory();
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: target
          gather_facts: false
          tasks:
        %s\
          handlers:
            - name: tell
              ansible.builtin.shell: echo handled >>/root/counts
        """
            .formatted(tasks.indent(4)));
    host.sh("rm -f /root/counts");
  }

  private HearthHere.Ended hearth(String... arguments) {
    return new HearthHere(directory).run(arguments);
  }

  private static void exits(HearthHere.Ended ended, ExitCode code) {
    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(code.number());
  }

  @Test
  void aRunWhoseHostWasStartedAnewIsContinued() throws Exception {
    play(
        """
        - ansible.builtin.shell: echo a >>/root/counts
        - ansible.builtin.copy: {content: new, dest: /root/made}
          notify: tell
        - ansible.builtin.shell: |
            echo b >>/root/counts
            test -e /root/started || { echo >/root/reached; sleep 600; }
        - ansible.builtin.shell: echo c >>/root/counts
        """);
    host.sh("mkfifo /root/reached");
    FutureTask<HearthHere.Ended> running =
        new FutureTask<>(() -> hearth("play", "play.yml", "-i", "hosts"));
    Thread.ofVirtual().start(running);
    // Opens when the task writes to it.
    host.sh("cat /root/reached; touch /root/started");
    host.restart();
    exits(running.get(), ExitCode.UNREACHABLE);
    inventory();

    HearthHere.Ended resumed = hearth("resume");

    exits(resumed, ExitCode.OK);
    assertThat(resumed.err()).contains("was cut off; it is looked at anew");
    // Nothing of what had ended is done again; what ended with the host is.
    assertThat(host.text("/root/counts")).isEqualTo("a\nb\nb\nc\nhandled\n");
    exits(hearth("teardown", "target", "--receipt", "--yes", "-i", "hosts"), ExitCode.OK);
    assertThat(host.exists("/root/made")).isFalse();
    assertThat(host.exists("/var/lib/hearth")).isFalse();
  }

  @Test
  void aRunThatFilledTheDiskIsContinuedWhenThereIsSpace() throws Exception {
    host.sh("mkdir -p /srv/small && mount -t tmpfs -o size=64k tmpfs /srv/small");
    host.sh("echo old >/srv/small/file");
    Files.write(directory.resolve("large"), new byte[300_000]);
    play(
        """
        - ansible.builtin.shell: echo a >>/root/counts
          notify: tell
        - ansible.builtin.copy: {src: large, dest: /srv/small/file}
        - ansible.builtin.shell: echo b >>/root/counts
        """);

    HearthHere.Ended full = hearth("play", "play.yml", "-i", "hosts");

    exits(full, ExitCode.HOSTS_FAILED);
    assertThat(full.out() + full.err()).contains("No space left on device");
    assertThat(host.sh("ls -A /srv/small; cat /srv/small/file")).isEqualTo("file\nold\n");
    host.sh("mount -o remount,size=2m /srv/small");
    exits(hearth("resume"), ExitCode.OK);
    assertThat(host.text("/root/counts")).isEqualTo("a\nb\nhandled\n");
    assertThat(host.sh("stat -c %s /srv/small/file")).isEqualTo("300000\n");
    exits(hearth("teardown", "target", "--receipt", "--yes", "-i", "hosts"), ExitCode.OK);
    assertThat(host.text("/srv/small/file")).isEqualTo("old\n");
  }

  /** What was there before is kept first: without room for that nothing is changed. */
  @Test
  void withoutRoomForWhatWasThereBeforeNothingIsDone() throws Exception {
    host.sh("mkdir -p /var/lib/hearth && mount -t tmpfs -o size=64k tmpfs /var/lib/hearth");
    host.sh("head -c 200000 /dev/zero >/root/grown; sha256sum /root/grown >/root/sum");
    play("- ansible.builtin.copy: {content: small, dest: /root/grown}\n");

    HearthHere.Ended full = hearth("play", "play.yml", "-i", "hosts");

    exits(full, ExitCode.HOSTS_FAILED);
    assertThat(full.out() + full.err()).contains("cannot be kept, so nothing was done");
    host.sh("sha256sum -c --quiet /root/sum");
    host.sh("umount /var/lib/hearth");
    exits(hearth("resume"), ExitCode.OK);
    assertThat(host.text("/root/grown")).isEqualTo("small");
    exits(hearth("teardown", "target", "--receipt", "--yes", "-i", "hosts"), ExitCode.OK);
    host.sh("sha256sum -c --quiet /root/sum");
  }
}
