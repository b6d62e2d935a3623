package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the repository's roles and scripts must never do, as known labs did. */
final class RolesTest {

  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");

  /** The files below directories, without comments. */
  private static List<Text> texts(String... directories) throws IOException {
    return Arrays.stream(directories)
        .flatMap(RolesTest::files)
        .map(file -> new Text(file, COMMENT.matcher(read(file)).replaceAll("")))
        .toList();
  }

  private record Text(Path file, String content) {}

  private static Stream<Path> files(String directory) {
    try (Stream<Path> all = Files.walk(Path.of(directory))) {
      return all
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*\\.(gz|bz2|deb|asc|gpg|md|png)"))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static void nowhere(String pattern, String... directories) throws IOException {
    List<Text> all = texts(directories);
    assertThat(all).hasSizeGreaterThan(5);
    assertThat(all.stream().filter(text -> Pattern.compile(pattern).matcher(text.content()).find()))
        .extracting(Text::file)
        .isEmpty();
  }

  @Test
  void whatIsFetchedIsVerified() throws IOException {
    nowhere("(curl|wget)[^\\n]*\\|", "roles");
    for (Text text : texts("roles")) {
      for (String task : text.content().split("(?m)^\\s*- name: ")) {
        // Keys of repositories have no sums; what they sign has.
        if (task.contains("ansible.builtin.get_url:")
            && !task.matches("(?s).*(keyring|\\.asc|\\.gpg|_key).*")) {
          assertThat(task).as("%s", text.file()).contains("checksum:");
        }
      }
    }
  }

  @Test
  void hostKeysAreChecked() throws IOException {
    nowhere(
        "StrictHostKeyChecking[= ](no|off)|UserKnownHostsFile[= ]/dev/null|ssh-keygen -R",
        "roles",
        "test-hosts/lib");
    assertThat(Files.readString(Path.of("ansible.cfg")).toLowerCase(java.util.Locale.ROOT))
        .doesNotContainPattern("host_key_checking *= *(false|no|0)");
  }

  @Test
  void noSocketOfThisMachineIsMounted() throws IOException {
    nowhere(
        "docker\\.sock",
        "test-hosts/lib",
        "test-hosts/image",
        "bench/lib",
        "roles/base",
        "roles/env_files");
    for (String script :
        List.of("demo", "test-hosts/up", "test-hosts/build", "bench/oracle", ".ci/run")) {
      assertThat(Files.readString(Path.of(script))).as(script).doesNotContain("docker.sock:");
    }
  }

  @Test
  void noVersionIsLatest() throws IOException {
    nowhere(
        "(?i)(version|tag|image)[^\\n:]*: *[\"']?([^\\s\"']*:)?latest\\b",
        "roles",
        "test-hosts/lab");
    assertThat(Files.readString(Path.of("roles/homelab_repository/tasks/main.yml")))
        .contains("not in ['main', 'master', 'develop', 'HEAD', 'latest']");
  }

  @Test
  void sshIsAllowedBeforeTheFirewallIsEnabled() throws IOException {
    assertThat(Files.readString(Path.of("roles/base/tasks/firewall.yml")))
        .containsSubsequence(
            "base_ssh_ports | length > 0", "rule: allow", "default: deny", "state: enabled");
  }

  @Test
  void nothingIsWrittenBelowTmp() throws IOException {
    nowhere("(dest|path|creates): *[\"']?/(var/)?tmp\\b|>>? */tmp/", "roles");
  }

  @Test
  void aHostJoinsItsTailnetOnceAndByItsName() throws IOException {
    assertThat(Files.readString(Path.of("roles/tailscale/tasks/join.yml")))
        .containsSubsequence("BackendState != 'Running'", "--hostname=' + tailscale_hostname");
    assertThat(Files.readString(Path.of("roles/tailscale/defaults/main.yml")))
        .containsPattern("tailscale_hostname: .*inventory_hostname");
    assertThat(Files.readString(Path.of("roles/tailscale/tasks/teardown.yml"))).contains("logout");
  }
}
