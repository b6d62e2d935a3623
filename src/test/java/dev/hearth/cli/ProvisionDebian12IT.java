package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testhosts.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The older release: the same playbook, with the packages that the lab's repository adds to it. */
class ProvisionDebian12IT {

  @Test
  void aBareHostIsProvisionedOnceAndForAll(@TempDir Path folder) {
    try (HomelabOnTestHosts lab = HomelabOnTestHosts.start(12, folder, "host01")) {
      TestHost host = lab.host("host01");
      Outcome provisioned = provision(lab);
      assertThat(provisioned.exit()).as(provisioned.text()).isZero();
      assertThat(host.sh("docker version --format '{{.Server.Version}}'")).startsWith("20.");
      assertThat(host.sh("docker compose version --short")).matches("v?2\\..*\\n");
      assertThat(host.sh("docker network inspect proxy --format '{{.Name}}'")).isEqualTo("proxy\n");
      assertThat(host.sh("restic version")).startsWith("restic 0.");
      assertThat(host.sh("tailscale status --json | jq -r .BackendState")).isEqualTo("Running\n");
      assertThat(host.permissions("/etc/komodo/repos/homelabbing/services/traefik/.env"))
          .isEqualTo("600 root root");

      Outcome again = provision(lab);
      assertThat(again.exit()).as(again.text()).isZero();
      assertThat(again.tally("host01", "changed")).as(again.text()).isZero();

      Outcome gone = lab.hearth("teardown", "host01", "--yes");
      assertThat(gone.exit()).as(gone.text()).isZero();
      assertThat(host.exec("sh", "-c", "command -v docker").getExitCode()).isNotZero();
    }
  }

  /** Debian 12 has no package docker-cli, and its Compose v2 comes from the lab's repository. */
  private static Outcome provision(HomelabOnTestHosts lab) {
    return lab.hearth(
        "provision",
        "host01",
        "-e",
        "{docker_distribution_has_compose: true, docker_distribution_packages: [docker.io, docker-compose], docker_daemon_validate: ''}");
  }
}
