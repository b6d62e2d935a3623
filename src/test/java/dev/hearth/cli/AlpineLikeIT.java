package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.ExitCode;
import dev.hearth.testhosts.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many modules on a host whose only programs are busybox's, OpenRC's and OpenSSH's: in check mode,
 * for real, again with nothing left to do, and taken back.
 */
final class AlpineLikeIT {

  /**
   * Content, owner and mode of everything that is not the kernel's, a log, Hearth's own or a copy
   * that the programs for accounts keep of what was before.
   */
  private static final String TREE =
      """
      cd /
      set -- -path ./proc -o -path ./sys -o -path ./run -o -path ./dev -o -path ./tmp -o \
        -path ./var/lib/hearth -o -path ./root/.ansible_async -o -path ./var/log -o -path ./var/spool/cron/crontabs/cron.update -o \
        -path './etc/*-'
      find . -xdev \\( "$@" \\) -prune -o -type f -exec sha256sum {} + | sort -k 2
      find . -xdev \\( "$@" \\) -prune -o -exec stat -c '%A %U %G %N' {} + | sort -k 4
      rc-status default
      hostname
      sysctl net.ipv4.ip_default_ttl
      mount | grep -c tmpfs
      """;

  @TempDir private static Path directory;
  private static TestHost host;

  @BeforeAll
  static void start() throws IOException {
    host = TestHost.alpineLike();
    ResourceTree.copy("/alpine-like", directory);
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(directory.resolve("small.zip")))) {
      zip.putNextEntry(new ZipEntry("in/zipped"));
      zip.write("zipped\n".getBytes(UTF_8));
    }
    Files.writeString(
        directory.resolve("hosts"),
        "target ansible_host=%s ansible_port=%d ansible_user=admin ansible_become=true ansible_become_method=doas ansible_ssh_private_key_file=%s ansible_ssh_common_args='-o UserKnownHostsFile=%s'\n"
            .formatted(host.address(), host.port(), host.clientKey(), host.knownHostsFile()));
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static HearthHere.Ended hearth(String... arguments) {
    HearthHere.Ended ended = new HearthHere(directory).run(arguments);
    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(ExitCode.OK.number());
    return ended;
  }

  @Test
  void isCheckedProvisionedLeftAloneAndTakenBack() throws IOException {
    String before = host.sh(TREE);

    hearth("play", "play.yml", "-i", "hosts", "--check", "--diff");
    assertThat(host.sh(TREE)).isEqualTo(before);

    hearth("play", "play.yml", "-i", "hosts");
    assertThat(host.sh("cat /srv/t/lines /srv/t/unzipped/in/zipped /srv/t/unpacked/tree/sub/two"))
        .contains("two of them", "drei", "b2", "zipped", "two\n");
    assertThat(host.sh("crontab -l; cat /etc/hostname; ls -l /etc/localtime"))
        .contains("5 * * * * true", "renamed", "Europe/Berlin");
    assertThat(host.permissions("/srv/t/copied/sub")).isEqualTo("700 nobody root");
    assertThat(Files.readString(directory.resolve("fetched/lines"))).startsWith("one\ntwo of them");

    assertThat(hearth("play", "play.yml", "-i", "hosts").out()).contains("changed=0 ");

    hearth("teardown", "target", "--receipt", "--yes", "-i", "hosts");
    assertThat(host.sh(TREE)).isEqualTo(before);
  }

  @Test
  void makesChangesAndRemovesUsersAndGroups() {
    String before = host.sh(TREE);

    hearth("play", "accounts.yml", "-i", "hosts", "--tags", "made");
    assertThat(host.sh("grep -E '^(ann|twin|ranged|service|keyed):' /etc/passwd | sort"))
        .isEqualTo(
            """
            ann:x:4001:3333:Ann B:/srv/people/ann:/bin/ash
            keyed:x:1002:1002:Linux User,,,:/home/keyed:/bin/sh
            ranged:x:4000:4000:Linux User,,,:/home/ranged:/bin/sh
            service:x:100:65533:Linux User,,,:/home/service:/sbin/nologin
            twin:x:4001:3333:Linux User,,,:/home/twin:/bin/sh
            """);
    assertThat(host.sh("grep ^ann: /etc/shadow; id -Gn ann | tr ' ' '\\n' | sort"))
        .matches("ann:\\$6\\$abc\\$hash:\\d+:0:90:7::21915:\ndaemons\nmedia\nwheel\n");
    assertThat(host.permissions("/srv/people/ann")).isEqualTo("750 ann media");
    leavesAlone("made");

    String made = host.sh(TREE);
    hearth("play", "accounts.yml", "-i", "hosts", "--tags", "changed", "--check", "--diff");
    assertThat(host.sh(TREE)).isEqualTo(made);
    hearth("play", "accounts.yml", "-i", "hosts", "--tags", "changed");
    assertThat(
            host.sh(
                "grep ^ann: /etc/passwd /etc/shadow; id -Gn ann; stat -c %u"
                    + " /srv/elsewhere/ann/letter"))
        .matches(
            """
            /etc/passwd:ann:x:4003:444:Ann C:/srv/elsewhere/ann:/bin/sh
            /etc/shadow:ann:!\\$6\\$abc\\$other:\\d+:0::7:::
            daemons users
            4003
            """);
    leavesAlone("changed");

    hearth("play", "accounts.yml", "-i", "hosts", "--tags", "gone");
    assertThat(host.sh("cat /etc/passwd /etc/shadow /etc/group; ls /home /srv/*"))
        .doesNotContain("ann", "twin", "ranged", "service", "keyed", "media", "same", "daemons");
    leavesAlone("gone");

    hearth("teardown", "target", "--receipt", "--yes", "-i", "hosts");
    assertThat(host.sh(TREE)).isEqualTo(before);
  }

  private static void leavesAlone(String tag) {
    assertThat(hearth("play", "accounts.yml", "-i", "hosts", "--tags", tag).out())
        .contains("changed=0 ");
  }
}
