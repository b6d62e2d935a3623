package dev.hearth.module.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Modules that keep a text file, really run in every shell. */
class TextModulesOnLocalShellTest extends ModuleOnLocalShell {

  private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGx";

  @ParameterizedTest
  @MethodSource("shells")
  void hostsAreKnownByNameOrHash(TestShell shell) {
    Map<String, Object> plain = Map.of("name", "git.lab", "key", "git.lab " + KEY);
    changes(shell, "known_hosts", plain);
    assertThat(read(".ssh/known_hosts")).isEqualTo("git.lab " + KEY + "\n");
    assertThat(mode(".ssh/known_hosts")).isEqualTo("rw-r--r--");
    changes(
        shell,
        "known_hosts",
        Map.of("name", "git.lab", "key", "git.lab " + KEY, "hash_host", true));
    assertThat(read(".ssh/known_hosts")).startsWith("|1|").endsWith(" " + KEY + "\n");
    changes(shell, "known_hosts", Map.of("name", "git.lab", "state", "absent"));
    assertThat(read(".ssh/known_hosts")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void limitsAreAddedAndChanged(TestShell shell) {
    String file = write("limits.conf", "# first\n# End of file\n").toString();
    Map<String, Object> soft =
        Map.of(
            "domain",
            "joe",
            "limit_type",
            "soft",
            "limit_item",
            "nofile",
            "value",
            "64000",
            "dest",
            file);
    changes(shell, "pam_limits", soft);
    assertThat(read("limits.conf")).isEqualTo("# first\n# End of file\njoe\tsoft\tnofile\t64000\n");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void repositoriesComeAndGo(TestShell shell) {
    Map<String, Object> repository =
        Map.of(
            "name",
            "epel",
            "description",
            "EPEL",
            "baseurl",
            List.of("http://a/", "http://b/"),
            "gpgcheck",
            false,
            "reposdir",
            home().toString(),
            "mode",
            "0600");
    changes(shell, "yum_repository", repository);
    assertThat(read("epel.repo"))
        .isEqualTo("[epel]\nbaseurl = http://a/\n\thttp://b/\ngpgcheck = 0\nname = EPEL\n\n");
    assertThat(mode("epel.repo")).isEqualTo("rw-------");
    changes(
        shell,
        "yum_repository",
        Map.of("name", "epel", "state", "absent", "reposdir", home().toString()));
    assertThat(home().resolve("epel.repo")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void optionsAndPlacesAreEdited(TestShell shell) {
    String file = write("app.ini", "a=1\n[s]\nold = x\n").toString();
    changes(shell, "ini_file", Map.of("path", file, "section", "s", "option", "new", "value", "y"));
    changes(
        shell,
        "ini_file",
        Map.of("path", file, "section", "s", "option", "old", "state", "absent"));
    changes(shell, "replace", Map.of("path", file, "regexp", "^a=\\d", "replace", "a=9"));
    assertThat(read("app.ini")).isEqualTo("a=9\n[s]\nnew = y\n");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void filesAreFoundAndUsersLookedUp(TestShell shell) {
    write("found/one.log", "x\n");
    write("found/two.txt", "y\n");
    Result found =
        satisfied(
            shell,
            "find",
            Map.of("paths", home().resolve("found").toString(), "patterns", "*.log"));
    assertThat(found.values()).containsEntry("matched", Value.number(1));
    Result root = satisfied(shell, "getent", Map.of("database", "passwd", "key", "root"));
    assertThat(String.valueOf(root.values().get("ansible_facts"))).contains("/root");
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void settingsOfGitAreSet(TestShell shell) {
    String file = home().resolve("config").toString();
    Map<String, Object> email =
        Map.of("name", "user.email", "value", "a@b", "scope", "file", "file", file);
    changes(shell, "git_config", email);
    assertThat(read("config")).contains("email = a@b");
    changes(
        shell,
        "git_config",
        Map.of("name", "user.email", "state", "absent", "scope", "file", "file", file));
  }
}
