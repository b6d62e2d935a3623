package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.TestHost;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bare Debian 13 host is provisioned over SSH and taken down by its receipt alone. */
class ReceiptTeardownIT {

  /** Kind, mode and owner of everything, and what files hold, but for logs, caches and the like. */
  private static final String FILES =
      """
      find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /var \\
        -o -name .sudo_as_admin_successful -o -path /root/.docker \\) -prune \\
        -o -type d -printf '%p %m %u %g\\n' -o -type l -printf '%p %l\\n' \\
        -o -type f -printf '%p %m %u %g ' -exec sha256sum {} \\; | sed 's/  .*//' | sort
      """;

  /**
   * What stays, as docs/design/journal.md says: directories above one that a step made, what the
   * engine made while it ran, groups that packages leave, and the copies that the tools for
   * accounts make of their files.
   */
  private static final String LEFT =
      "/etc/(komodo(/traefik)?|cni(/net\\.d)?|group-?|gshadow-?|passwd-|shadow-|subuid-|subgid-)";

  private static final String PACKAGES =
      "dpkg-query -W -f '${Package} ${Version} ${db:Status-Abbrev}\\n'";

  @TempDir private static Path folder;

  @Test
  void theHostIsWhatItWas() {
    try (HomelabOnTestHosts lab = HomelabOnTestHosts.start(13, folder, "host01")) {
      TestHost host = lab.host("host01");
      String files = host.sh(FILES);
      String packages = host.sh(PACKAGES);
      Outcome provisioned = lab.hearth("provision", "host01");
      assertThat(provisioned.exit()).as(provisioned.text()).isZero();
      String after = host.sh(FILES);

      Outcome plan = lab.hearth("teardown", "host01", "--receipt", "--check");
      assertThat(plan.exit()).as(plan.text()).isZero();
      assertThat(host.sh(FILES)).isEqualTo(after);
      Outcome torn = lab.hearth("teardown", "host01", "--receipt", "--yes");

      for (String trace : lab.traces()) {
        assertThat(torn.text().contains(trace)).as("teardown shows a secret").isFalse();
      }
      assertThat(torn.exit()).as(torn.text()).isEqualTo(ExitCode.OK.number());
      assertThat(difference(packages, host.sh(PACKAGES))).isEmpty();
      assertThat(difference(files, host.sh(FILES)))
          .allSatisfy(left -> assertThat(left.replaceFirst(" .*", "")).matches(LEFT));
    }
  }

  /** The lines that only one of two listings has. */
  private static Set<String> difference(String before, String after) {
    Set<String> either = new TreeSet<>(before.lines().toList());
    Set<String> both = new TreeSet<>(after.lines().toList());
    both.retainAll(either);
    either.addAll(after.lines().toList());
    either.removeAll(both);
    return either;
  }
}
