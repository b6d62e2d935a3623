package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a directory is sent, and what stays as it is. */
class SyncChoicesOnLocalShellTest extends ModuleOnLocalShell {

  private static final Map<String, String> SITE =
      Map.of("site/index.html", "hello\n", "site/css/a.css", "a\n");

  private Map<String, Object> args(Object... more) {
    Map<String, Object> args = new HashMap<>();
    args.put("src", "site/");
    args.put("dest", home() + "/www");
    args.put("owner", false);
    args.put("group", false);
    for (int i = 0; i < more.length; i += 2) {
      args.put((String) more[i], more[i + 1]);
    }
    return args;
  }

  @ParameterizedTest
  @MethodSource("shells")
  void directoriesAreLeftOutOrSentWithoutWhatIsInThem(TestShell shell) {
    Result left = satisfied(shell, "synchronize", args("recursive", false), SITE);
    assertThat(left.values()).containsEntry("msg", Value.text("skipping directory .\n"));
    assertThat(home().resolve("www")).doesNotExist();
    changes(shell, "synchronize", args("recursive", false, "dirs", true), SITE);
    assertThat(read("www/index.html")).isEqualTo("hello\n");
    assertThat(home().resolve("www/css")).isEmptyDirectory();
    changes(
        shell,
        "synchronize",
        args("recursive", false, "dirs", true, "src", "site", "dest", home() + "/named"),
        SITE);
    assertThat(home().resolve("named/site")).isEmptyDirectory();
    assertThat(
            applies(
                    shell,
                    "synchronize",
                    args("recursive", false, "dirs", true, "delete", true),
                    SITE)
                .failed())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void permissionsAreChangedOnTheWay(TestShell shell) {
    changes(
        shell,
        "synchronize",
        args("rsync_opts", List.of("--chmod=D2750,Fu=rw,Fgo=r", "--chmod", "F+x")),
        SITE);
    assertThat(mode("www/index.html")).isEqualTo("rwxr-xr-x");
    assertThat(mode("www/css")).isEqualTo("rwxr-x---");
    assertThat(
            applies(shell, "synchronize", args("rsync_opts", List.of("--chmod=Xyz")), SITE)
                .toString())
        .contains("--chmod does not understand 'Xyz'");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void filesThatAreThereStayWhenTheyShall(TestShell shell) throws IOException {
    write("www/index.html", "by hand\n");
    changes(shell, "synchronize", args("rsync_opts", List.of("--ignore-existing")), SITE);
    assertThat(read("www/index.html")).isEqualTo("by hand\n");
    assertThat(read("www/css/a.css")).isEqualTo("a\n");
    satisfied(shell, "synchronize", args("rsync_opts", List.of("--update")), SITE);
    Files.setLastModifiedTime(
        home().resolve("www/index.html"), FileTime.from(1_600_000_000, TimeUnit.SECONDS));
    changes(shell, "synchronize", args("rsync_opts", List.of("-u")), SITE);
    assertThat(read("www/index.html")).isEqualTo("hello\n");
    write("www/index.html", "HELLO\n");
    changes(shell, "synchronize", args("rsync_opts", List.of("--size-only")), SITE);
    assertThat(read("www/index.html")).isEqualTo("HELLO\n");
  }
}
