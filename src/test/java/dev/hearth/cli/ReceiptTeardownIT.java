package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bare Debian 13 host is provisioned over SSH and taken down by its receipt alone. */
class ReceiptTeardownIT {

  @TempDir private static Path folder;

  @Test
  void theHostIsWhatItWas() {
    try (HomelabOnTestHosts lab = HomelabOnTestHosts.start(13, folder, "host01")) {
      TestHost host = lab.host("host01");
      HostState before = HostState.of(host);
      Outcome provisioned = lab.hearth("provision", "host01");
      assertThat(provisioned.exit()).as(provisioned.text()).isZero();
      // Debian's package of Docker would remove them when it is purged.
      String data = "/var/lib/docker/volumes/data/_data/precious";
      host.sh("docker volume create data && echo precious >" + data);
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
