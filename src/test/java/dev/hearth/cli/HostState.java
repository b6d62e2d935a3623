package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testhosts.TestHost;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is on a host.
 *
 * @param files kind, mode and owner of everything, and what files hold
 * @param packages with their versions
 */
record HostState(String files, String packages) {

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

  static HostState of(TestHost host) {
    return new HostState(host.sh(FILES), host.sh(PACKAGES));
  }

  /**
   * Asserts that a host is again as it was, but for what is documented.
   *
   * @param data a pattern of what besides may be left, the lab's data
   */
  void remainsOf(TestHost host, String data) {
    HostState now = of(host);
    assertThat(difference(packages, now.packages)).isEmpty();
    assertThat(difference(files, now.files))
        .allSatisfy(
            left -> assertThat(left.replaceFirst(" .*", "")).matches(LEFT + "|(" + data + ")"));
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
