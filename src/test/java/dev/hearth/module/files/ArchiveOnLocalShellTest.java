package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives are really made, made again, and compared. */
class ArchiveOnLocalShellTest extends ModuleOnLocalShell {

  @ParameterizedTest
  @MethodSource("shells")
  void treeBecomesTarAndIsLeftAloneTheSecondTime(TestShell shell) {
    write("app/conf/a b.txt", "one\n");
    write("app/skip.tmp", "two\n");
    write("other/x.conf", "three\n");
    for (String format : List.of("gz", "tar", "bz2", "xz")) {
      Map<String, Object> args =
          Map.of(
              "path",
              List.of(home() + "/app", home() + "/other/*.conf"),
              "dest",
              home() + "/out." + format,
              "format",
              format,
              "exclusion_patterns",
              List.of("*.tmp"),
              "mode",
              "0600");
      if (!possible(shell, args)) {
        continue;
      }
      assertThat(names("out." + format))
          .containsExactly("app/conf/", "app/conf/a b.txt", "other/x.conf");
      assertThat(mode("out." + format)).isEqualTo("rw-------");
      Result second = applies(shell, "archive", args, Map.of());
      assertThat(second.failed()).as("%s", second).isFalse();
      assertThat(second.changed()).isFalse();
      write("app/conf/a b.txt", "changed: " + format + "\n");
      assertThat(applies(shell, "archive", args, Map.of()).changed()).isTrue();
    }
    nothingLeft();
  }

  /** The shell's tar may lack what is needed, or the host the tool; that must be said. */
  private boolean possible(TestShell shell, Map<String, Object> args) {
    Result result = applies(shell, "archive", args, Map.of());
    if (result.failed()) {
      assertThat(String.valueOf(result.values().get("msg"))).contains("install the package");
      return false;
    }
    assertThat(result.changed()).isTrue();
    return true;
  }

  @ParameterizedTest
  @MethodSource("shellsWithPrograms")
  void treeBecomesZip(TestShell shell) {
    write("app/conf/a b.txt", "one\n");
    Map<String, Object> args =
        Map.of("path", home() + "/app/", "dest", home() + "/out.zip", "format", "zip");
    if (possible(shell, args)) {
      assertThat(applies(shell, "archive", args, Map.of()).changed()).isFalse();
    }
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void oneFileIsCompressedAndRemoved(TestShell shell) {
    write("app.log", "line\n");
    Map<String, Object> args = Map.of("path", home() + "/app.log", "remove", true);
    Result result = changes(shell, "archive", args);
    assertThat(String.valueOf(result.values().get("dest_state"))).contains("compress");
    assertThat(home().resolve("app.log")).doesNotExist();
    assertThat(Files.exists(home().resolve("app.log.gz"))).isTrue();
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void archiveThatLiesInItsSourceIsNotInItself(TestShell shell) {
    write("app/a", "one\n");
    Map<String, Object> args =
        Map.of("path", home() + "/app", "dest", home() + "/app/all.tgz", "force_archive", true);
    if (possible(shell, args)) {
      assertThat(names("app/all.tgz")).containsExactly("app/a");
      assertThat(applies(shell, "archive", args, Map.of()).changed()).isFalse();
    }
  }

  private List<String> names(String archive) {
    try {
      Process tar =
          new ProcessBuilder("tar", "-tf", home().resolve(archive).toString())
              .redirectErrorStream(true)
              .start();
      return new String(
              tar.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
