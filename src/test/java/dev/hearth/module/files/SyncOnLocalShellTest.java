package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Directories are really made the same. */
class SyncOnLocalShellTest extends ModuleOnLocalShell {

  private static final Map<String, String> SITE =
      Map.of(
          "site/index.html", "hello\n",
          "site/css/a b.css", "a\n",
          "site/css/deep/er/x", "x\n",
          "site/skip.tmp", "",
          "site/latest", "-> index.html");

  @ParameterizedTest
  @MethodSource("shells")
  void treeArrivesWithModesTimesAndLinks(TestShell shell) throws IOException {
    Map<String, Object> args =
        Map.of(
            "src",
            "site/",
            "dest",
            home() + "/www",
            "owner",
            false,
            "group",
            false,
            "rsync_opts",
            List.of("--exclude=*.tmp"));
    changes(shell, "synchronize", args, SITE);
    assertThat(read("www/css/a b.css")).isEqualTo("a\n");
    assertThat(mode("www/index.html")).isEqualTo("rw-r-----");
    assertThat(mode("www/css")).isEqualTo("rwxr-xr-x");
    assertThat(Files.readSymbolicLink(home().resolve("www/latest"))).hasToString("index.html");
    assertThat(Files.getLastModifiedTime(home().resolve("www/css")).to(TimeUnit.SECONDS))
        .isEqualTo(1_700_000_000);
    assertThat(home().resolve("www/skip.tmp")).doesNotExist();
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void onlyWhatDiffersChangesAndTheRestIsRemoved(TestShell shell) throws IOException {
    write("www/index.html", "older\n");
    write("www/css/a b.css", "a\n");
    write("www/css/old", "o\n");
    write("www/gone/very/old", "o\n");
    write("www/skip.tmp", "kept\n");
    Files.createSymbolicLink(home().resolve("www/latest"), home().resolve("www/css"));
    FileTime same = FileTime.from(1_700_000_000, TimeUnit.SECONDS);
    Files.setLastModifiedTime(home().resolve("www/css/a b.css"), same);
    Object before = Files.getAttribute(home().resolve("www/css/a b.css"), "unix:ino");
    Map<String, Object> args =
        Map.of(
            "src",
            "site/",
            "dest",
            home() + "/www",
            "delete",
            true,
            "rsync_opts",
            List.of("--exclude", "*.tmp", "--no-owner", "--no-group"));
    changes(shell, "synchronize", args, SITE);
    assertThat(read("www/index.html")).isEqualTo("hello\n");
    assertThat(Files.getAttribute(home().resolve("www/css/a b.css"), "unix:ino")).isEqualTo(before);
    assertThat(home().resolve("www/gone")).doesNotExist();
    assertThat(home().resolve("www/css/old")).doesNotExist();
    assertThat(read("www/skip.tmp")).isEqualTo("kept\n");
    assertThat(Files.readSymbolicLink(home().resolve("www/latest"))).hasToString("index.html");
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void fileGoesIntoDirectoryThatIsThere(TestShell shell) throws IOException {
    Files.createDirectories(home().resolve("www"));
    changes(
        shell,
        "synchronize",
        Map.of("src", "a.conf", "dest", home() + "/www", "owner", false, "group", false),
        Map.of("a.conf", "a\n"));
    assertThat(read("www/a.conf")).isEqualTo("a\n");
    nothingLeft();
  }

  @Test
  void patternsLeaveOutWhatRsyncLeavesOut() {
    SyncFilter filter = new SyncFilter();
    filter.add(false, "keep.log");
    filter.add(true, "*.log");
    filter.add(true, "/build/");
    filter.add(true, "src/**/tmp");
    filter.add(true, "cache/***");
    assertThat(filter.leavesOut("a/x.log", false)).isTrue();
    assertThat(filter.leavesOut("a/keep.log", false)).isFalse();
    assertThat(filter.leavesOut("build/a", false)).isTrue();
    assertThat(filter.leavesOut("build", false)).isFalse();
    assertThat(filter.leavesOut("a/build", true)).isFalse();
    assertThat(filter.leavesOut("src/a/b/tmp", true)).isTrue();
    assertThat(filter.leavesOut("x/src/a/tmp/y", false)).isTrue();
    assertThat(filter.leavesOut("cache", true)).isTrue();
    assertThat(filter.leavesOut("a/cache/b", false)).isTrue();
    assertThat(filter.leavesOut("README", false)).isFalse();
  }
}
