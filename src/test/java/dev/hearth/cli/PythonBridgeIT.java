package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.PackageServer;
import dev.hearth.testhosts.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A role's own module in Python, with module_utils of the role, on a host that at first has no
 * Python: over SSH, as another user by sudo (docs/adr/0006).
 */
final class PythonBridgeIT {

  private static final String TASK = "roles/greet/tasks/main.yml:1:3";

  @TempDir private Path directory;

  private HearthHere.Ended hearth(ExitCode code, String... arguments) {
    return hearth(new HearthHere(directory), code, arguments);
  }

  private static HearthHere.Ended hearth(HearthHere here, ExitCode code, String... arguments) {
    HearthHere.Ended ended = here.run(arguments);
    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(code.number());
    return ended;
  }

  @Test
  void runsWhereThereIsPythonAndSaysWhatItIs() throws IOException {
    try (PackageServer packages = PackageServer.start(13);
        TestHost host = TestHost.start("bridge", packages)) {
      ResourceTree.copy("/python-bridge", directory);
      Files.writeString(
          directory.resolve("hosts"),
          "target ansible_host=%s ansible_port=%d ansible_user=admin ansible_ssh_private_key_file=%s ansible_ssh_common_args='-o UserKnownHostsFile=%s'\n"
              .formatted(host.address(), host.port(), host.clientKey(), host.knownHostsFile()));
      String[] play = {"play", "play.yml", "-i", "hosts", "-e", "who=bob"};

      HearthHere.Ended listed = hearth(ExitCode.OK, "check", "play.yml", "-i", "hosts");
      assertThat(listed.err()).contains("runs a Python module on the host", TASK, "are slower");
      assertThat(hearth(ExitCode.HOSTS_FAILED, play).out()).contains("the host has no python3");
      HearthHere off = new HearthHere(directory).with(Map.of("HEARTH_PYTHON_BRIDGE", "no"));
      assertThat(hearth(off, ExitCode.INVALID, play).err()).contains("the Python bridge is off");

      host.sh("apt-get update -qq && apt-get install -y -qq --no-install-recommends python3");
      HearthHere.Ended checked =
          hearth(
              ExitCode.OK, "play", "play.yml", "-i", "hosts", "-e", "who=bob", "--check", "--diff");
      assertThat(checked.out()).contains("+hello bob", "changed=1 ");
      assertThat(host.exists("/etc/greeting")).isFalse();

      assertThat(hearth(ExitCode.OK, play).out()).contains("changed=1 ");
      assertThat(host.text("/etc/greeting")).isEqualTo("hello bob\n");
      assertThat(host.permissions("/etc/greeting")).isEqualTo("644 root root");
      assertThat(hearth(ExitCode.OK, play).out()).contains("changed=0 ");
      assertThat(host.sh("find / -xdev -name '*greeting.py*' -o -xdev -name 'ansible*'"))
          .as("left on the host")
          .isEmpty();

      HearthHere.Ended failed =
          hearth(ExitCode.HOSTS_FAILED, "play", "play.yml", "-i", "hosts", "-e", "who=nobody");
      assertThat(failed.out()).contains("there is nobody to greet", "\"asked\": \"nobody\"");
      HearthHere.Ended torn =
          hearth(ExitCode.OK, "teardown", "target", "--receipt", "--yes", "-i", "hosts");
      assertThat(torn.out() + torn.err()).contains("what a module in Python does is not known");
    }
  }
}
