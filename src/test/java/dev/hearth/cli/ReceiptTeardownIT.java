package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bare Debian 13 host is provisioned over SSH and taken down by its receipt alone. */
class ReceiptTeardownIT {

  /** What is no file, and how somebody else changes it. */
  private static final String WATCHED =
      """
      - hosts: host01
        become: true
        gather_facts: false
        tasks:
          - group: {name: media}
          - community.docker.docker_volume: {name: media}
          - community.docker.docker_network: {name: media}
          - iptables: {chain: OUTPUT, protocol: udp, destination_port: "9", jump: DROP}
          - mount: {path: /mnt/scratch, src: tmpfs, fstype: tmpfs, state: ephemeral}
          - copy:
              dest: /etc/systemd/system/media.service
              content: "[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n"
          - systemd_service: {name: media, state: started, enabled: true, daemon_reload: true}
      """;

  private static final String CHANGED =
      """
      groupdel media
      docker volume rm media
      docker network rm media
      iptables -D OUTPUT -p udp --dport 9 -j DROP
      umount /mnt/scratch
      systemctl disable --now media
      """;

  @TempDir private static Path folder;

  /**
   * What a run changed is told once it is otherwise, and its teardown finds nothing to do there.
   */
  private static void drifts(HomelabOnTestHosts lab, TestHost host) throws IOException {
    Path play = Files.writeString(folder.resolve("watched.yml"), WATCHED);
    Outcome played = lab.hearth("play", play.toString());
    assertThat(played.exit()).as(played.text()).isZero();
    String run = lastRun();
    Outcome same = lab.hearth("diff", run);
    assertThat(same).isEqualTo(new Outcome(0, "", ""));

    host.sh(CHANGED);

    Outcome diff = lab.hearth("diff", run);
    assertThat(diff.exit()).as(diff.text()).isEqualTo(ExitCode.CHANGES_PENDING.number());
    assertThat(diff.text())
        .contains(
            "host01: group media\n  left: gid ",
            "host01: Docker network media\n  left: driver bridge 1",
            """
            host01: Docker volume media
              left: driver local
              now:  absent
            """,
            """
            host01: iptables -t filter -A OUTPUT -p udp -j DROP --destination-port 9
              left: there
              now:  absent
            """,
            """
            host01: mount /mnt/scratch
              left: mounted from tmpfs, tmpfs
              now:  absent
            """,
            """
            host01: unit media.service
              left: enabled, running
              now:  disabled, stopped
            """);
  }

  private static String lastRun() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve(".local/state/hearth/runs"))) {
      return runs.map(run -> run.getFileName().toString()).sorted().toList().getLast();
    }
  }

  @Test
  void theHostIsWhatItWas() throws Exception {
    try (HomelabOnTestHosts lab = HomelabOnTestHosts.start(13, folder, "host01")) {
      TestHost host = lab.host("host01");
      HostState before = HostState.of(host);
      Outcome provisioned = lab.hearth("provision", "host01");
      assertThat(provisioned.exit()).as(provisioned.text()).isZero();
      // Debian's package of Docker would remove them when it is purged.
      String data = "/var/lib/docker/volumes/data/_data/precious";
      host.sh("docker volume create data && echo precious >" + data);
      drifts(lab, host);
      HostState after = HostState.of(host);

      Outcome plan = lab.hearth("teardown", "host01", "--receipt", "--check");
      assertThat(plan.exit()).as(plan.text()).isZero();
      assertThat(HostState.of(host)).isEqualTo(after);
      Outcome torn = lab.hearth("teardown", "host01", "--receipt", "--yes");

      for (String trace : lab.traces()) {
        assertThat(torn.text().contains(trace)).as("teardown shows a secret").isFalse();
      }
      assertThat(torn.exit()).as(torn.text()).isEqualTo(ExitCode.OK.number());
      before.remainsOf(host, "");
      assertThat(host.text(data)).isEqualTo("precious\n");
    }
  }
}
