package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be wrong between us and a real OpenSSH host: the reason, an exit code, no change. */
class BadInputIT {

  private static final String MARKER = "/tmp/hearth-bad-input";

  private static TestHost host;

  @TempDir private Path folder;
  private Lab lab;

  @BeforeAll
  static void startHost() {
    host = TestHost.start(13);
  }

  @AfterAll
  static void closeHost() {
    if (host != null) {
      host.close();
    }
  }

  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(folder);
    Files.createDirectories(lab.home().resolve(".ssh"));
    knownHosts(host.knownHosts());
    lab.write(
        "play.yml",
        """
        - hosts: far
          gather_facts: false
          tasks:
            - ansible.builtin.copy: {content: x, dest: %s}
        """
            .formatted(MARKER));
    host.sh("rm -f " + MARKER);
  }

  private void knownHosts(String lines) throws IOException {
    Files.writeString(lab.home().resolve(".ssh/known_hosts"), lines);
  }

  private void inventory(String user, Path key, String... more) {
    lab.write(
        "hosts",
        "far ansible_host=%s ansible_port=%d ansible_user=%s ansible_ssh_private_key_file=%s %s\n"
            .formatted(host.address(), host.port(), user, key, String.join(" ", more)));
  }

  private Lab.Said play(String... more) {
    List<String> words =
        Stream.concat(Stream.of("play", "play.yml", "-i", "hosts"), Arrays.stream(more)).toList();
    return lab.hearth(words.toArray(String[]::new));
  }

  private void refused(Lab.Said said, ExitCode code, String... parts) {
    String all = said.out() + said.err();
    assertThat(all).contains(parts).contains("next: ");
    assertThat(all.lines().filter(line -> line.contains("error: "))).as(all).hasSize(1);
    assertThat(said.exit()).as(all).isEqualTo(code.number());
    assertThat(host.exec("test", "-e", MARKER).getExitCode()).isNotZero();
  }

  private Path otherKey() throws IOException, InterruptedException {
    Path key = folder.resolve("other");
    Process tool =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
            .inheritIO()
            .start();
    assertThat(tool.waitFor()).isZero();
    return key;
  }

  @Test
  void theRightKeyWorks() {
    inventory("root", host.clientKey());
    Lab.Said said = play();
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
    assertThat(host.exec("test", "-e", MARKER).getExitCode()).isZero();
  }

  @Test
  void wrongKey() throws Exception {
    inventory("root", otherKey());
    refused(play(), ExitCode.AUTHENTICATION, "far", "root");
  }

  @Test
  void unknownHostKey() throws IOException {
    knownHosts("");
    inventory("root", host.clientKey());
    refused(play(), ExitCode.HOST_KEY, "far", "hearth trust");
  }

  @Test
  void changedHostKey() throws Exception {
    String other = Files.readString(Path.of(otherKey() + ".pub"));
    knownHosts("[" + host.address() + "]:" + host.port() + " " + other);
    inventory("root", host.clientKey());
    refused(play(), ExitCode.HOST_KEY, "far", "known_hosts");
  }

  @Test
  void missingSudoPassword() {
    inventory("deploy", host.clientKey());
    refused(play("--become"), ExitCode.BECOME, "far", "password");
  }

  @Test
  void wrongSudoPassword() {
    inventory("deploy", host.clientKey());
    lab.write("become", "not it\n");
    Lab.Said said = play("--become", "--become-password-file", lab.directory() + "/become");
    refused(said, ExitCode.BECOME, "far", "password");
    assertThat(said.out() + said.err()).doesNotContain("not it");
  }

  @Test
  void rightSudoPassword() {
    inventory("deploy", host.clientKey());
    lab.write("become", host.sudoPassword() + "\n");
    Lab.Said said = play("--become", "--become-password-file", lab.directory() + "/become");
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
    assertThat(host.sh("stat -c %U " + MARKER).strip()).isEqualTo("root");
  }

  @Test
  void nothingListens() {
    inventory("root", host.clientKey(), "ansible_port=1");
    refused(play(), ExitCode.UNREACHABLE, "far", "1");
  }

  @Test
  void differentReasonsAreUnreachableInGeneral() throws Exception {
    inventory("root", otherKey());
    Path hosts = lab.directory().resolve("hosts");
    Files.writeString(
        hosts, Files.readString(hosts) + "away ansible_host=127.0.0.1 ansible_port=1\n");
    lab.write(
        "play.yml",
        "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.command: \"true\"\n");
    Lab.Said said = play();
    assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(ExitCode.UNREACHABLE.number());
  }
}
