package dev.hearth.testhosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every other integration test relies on: the hosts are real, bare and strictly known. */
class TestHostIT {

  @ParameterizedTest
  @ValueSource(ints = {12, 13})
  void bootsCompletelyAndIsBare(int release) {
    try (TestHost host = TestHost.start(release)) {
      assertThat(host.sh("systemctl is-system-running").strip()).isEqualTo("running");
      assertThat(host.sh(". /etc/os-release; echo $VERSION_ID").strip()).isEqualTo("" + release);
      assertThat(
              host.exec("sh", "-c", "command -v python3 || command -v docker || command -v curl")
                  .getExitCode())
          .isNotZero();
      assertThat(host.sh("grep -c -e ' /etc/' /proc/mounts || true").strip()).isEqualTo("0");
      assertThat(host.permissions("/etc/hosts")).isEqualTo("644 root root");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13})
  void acceptsItsKeyFromThreeUsersAndOnlyUnderItsHostKey(int release, @TempDir Path folder)
      throws Exception {
    try (TestHost host = TestHost.start(release)) {
      for (String user : List.of("root", "admin", "deploy")) {
        assertThat(ssh(host, host.knownHostsFile(), user, "id -un").strip()).isEqualTo(user);
      }
      assertThat(ssh(host, host.knownHostsFile(), "admin", "sudo -n id -u").strip()).isEqualTo("0");
      assertThat(ssh(host, host.knownHostsFile(), "deploy", "sudo -n id -u"))
          .contains("a password is required");

      Path foreign = folder.resolve("known_hosts");
      Files.writeString(
          foreign,
          host.knownHosts()
              .replace(
                  host.hostKey(),
                  Keys.generate(folder, "other", "ed25519").publicKeyWithoutComment()));
      assertThat(ssh(host, foreign, "root", "id -un")).contains("Host key verification failed");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13})
  void runsAnInnerDockerEngineFromThePackageServer(int release) {
    try (PackageServer packages = PackageServer.start(release);
        TestHost host = TestHost.start("inner", packages)) {
      host.sh(
          """
          export DEBIAN_FRONTEND=noninteractive
          apt-get -qq update
          apt-get -qq -y install --no-install-recommends docker.io docker-compose iptables curl >/dev/null 2>&1
          # Since Debian 13 the client is a package of its own.
          command -v docker >/dev/null || apt-get -qq -y install --no-install-recommends docker-cli >/dev/null 2>&1
          systemctl is-active docker
          """);
      assertThat(host.sh("docker compose version --short")).startsWith("2.");
      assertThat(host.sh("docker info --format '{{.Driver}}'").strip()).isEqualTo("overlay2");
      host.sh("curl -fsS " + PackageServer.URL + "/images/infisical.tar | docker load");
      host.sh("docker network create proxy");
      host.sh("docker run --detach --name backend --network proxy infisical/infisical:v0.151.0");
      assertThat(
              host.sh(
                  """
                  timeout 30 sh -c 'until docker run --rm --network proxy --entrypoint /bin/wget \
                    infisical/infisical:v0.151.0 -q -O - http://backend:8080/api/status; do sleep 0.2; done'
                  """))
          .contains("\"message\":\"Ok\"");
      assertThat(host.sh("docker logs backend")).contains("stand-in");
    }
  }

  /** Standard output and error of OpenSSH's own client under strict host key checking. */
  private static String ssh(TestHost host, Path knownHosts, String user, String command)
      throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("ssh", "-F", "/dev/null"));
    for (String option :
        List.of(
            "BatchMode=yes",
            "IdentitiesOnly=yes",
            "StrictHostKeyChecking=yes",
            "GlobalKnownHostsFile=/dev/null",
            "UserKnownHostsFile=" + knownHosts,
            "IdentityFile=" + host.clientKey(),
            "Port=" + host.port())) {
      argv.add("-o");
      argv.add(option);
    }
    argv.add(user + "@" + host.address());
    argv.add(command);
    Process ssh = new ProcessBuilder(argv).redirectErrorStream(true).start();
    ssh.getOutputStream().close();
    String said = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    ssh.waitFor();
    return said;
  }
}
