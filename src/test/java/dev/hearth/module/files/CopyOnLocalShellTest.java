package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.fact.PathInfo;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.Sha1;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CopyOnLocalShellTest extends ModuleOnLocalShell {

  @ParameterizedTest
  @MethodSource("shells")
  void contentWithMode(TestShell shell) {
    Map<String, Object> args =
        Map.of("dest", "~/it's $x.env", "content", "TOKEN=ä\nB=2\n", "mode", "0600");
    Result result = changes(shell, "copy", args);
    assertThat(read("it's $x.env")).isEqualTo("TOKEN=ä\nB=2\n");
    assertThat(mode("it's $x.env")).isEqualTo("rw-------");
    assertThat(result.values())
        .containsEntry("mode", Value.text("0600"))
        .containsEntry("state", Value.text("file"))
        .containsEntry("size", Value.number(13))
        .containsEntry("checksum", Value.text("b0a6dbcf901950337663e03530e356d770134b0a"))
        .containsKey("md5sum");
    nothingLeft();
  }

  /** Above 8 MiB the host is not asked for an MD5 as well. */
  @ParameterizedTest
  @MethodSource("shells")
  void muchContentArrivesWhole(TestShell shell) {
    String content = "0123456789abcde\n".repeat(600_000);
    Map<String, Object> args = Map.of("dest", "~/large", "src", "large", "mode", "0600");
    Result result = changes(shell, "copy", args, Map.of("large", content));
    assertThat(read("large")).isEqualTo(content);
    assertThat(result.values())
        .containsEntry("size", Value.number(content.length()))
        .doesNotContainKey("md5sum");
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void contentThatIsNotWhatWasSentIsNotPutInPlace(TestShell shell) {
    write("conf", "good\n");
    for (String content : List.of("bad\n", "bad bad bad bad\n".repeat(600_000))) {
      FileWrite damaged =
          new FileWrite(
              home().resolve("conf").toString(),
              PathInfo.ABSENT,
              FileAttributes.of(Optional.empty()),
              Payload.of(Value.text(content)),
              Sha1.of("good too\n".getBytes(StandardCharsets.UTF_8)).hex(),
              Optional.empty(),
              false,
              false);
      Outcome.Exited end = host(shell).run(damaged.step().script());
      assertThat(end.ok()).isFalse();
      assertThat(end.err()).contains("the content was damaged on its way");
      assertThat(read("conf")).isEqualTo("good\n");
      nothingLeft();
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void newFileWithoutModeHasTheUsualOne(TestShell shell) {
    changes(shell, "copy", Map.of("dest", "~/plain", "content", "x"));
    assertThat(mode("plain")).isEqualTo("rw-r--r--");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void replacedFileKeepsItsModeAndLeavesABackup(TestShell shell) throws IOException {
    write("script.sh", "old\n");
    assertThat(home().resolve("script.sh").toFile().setExecutable(true, false)).isTrue();
    Result result =
        changes(
            shell,
            "copy",
            Map.of("dest", "~/script.sh", "src", "new.sh", "backup", true),
            Map.of("new.sh", "new\n"));
    assertThat(read("script.sh")).isEqualTo("new\n");
    assertThat(mode("script.sh")).isEqualTo("rwxr-xr-x");
    Value backup = result.values().get("backup_file");
    assertThat(backup).isInstanceOf(Value.Text.class);
    assertThat(Files.readString(java.nio.file.Path.of(((Value.Text) backup).value())))
        .isEqualTo("old\n");
    nothingLeft();
  }

  /** The shell of a connection stays the same, so its number alone does not tell copies apart. */
  @ParameterizedTest
  @MethodSource("shells")
  void copiesOfOneSecondAllStay(TestShell shell) {
    write("app.conf", "now");
    Script four =
        Script.of(
            BackupCopy.FUNCTION
                + """
                for content in 1 2 3 4; do
                  name=$(backup_name "$1")
                  printf '%s\\n' "$content" >"$name"
                done
                cat "$1".*~
                """,
            home().resolve("app.conf").toString());
    Outcome.Exited end = host(shell).run(four);
    assertThat(end.out().lines()).containsExactlyInAnyOrder("1", "2", "3", "4");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void intoDirectories(TestShell shell) {
    changes(
        shell,
        "copy",
        Map.of("dest", "~/new dir/", "src", "app.conf", "directory_mode", "0700"),
        Map.of("app.conf", "a=1\n"));
    assertThat(read("new dir/app.conf")).isEqualTo("a=1\n");
    assertThat(mode("new dir")).isEqualTo("rwx------");
    changes(
        shell,
        "copy",
        Map.of("dest", "~/new dir", "src", "other.conf", "mode", "preserve"),
        Map.of("other.conf", "b"));
    assertThat(mode("new dir/other.conf")).isEqualTo("rw-r-----");
    fails(shell, "copy", Map.of("dest", "~/none/x", "content", "y"), "does not exist");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void validationRefusesAndKeepsTheOldFile(TestShell shell) {
    write("conf", "good\n");
    Map<String, Object> args = new LinkedHashMap<>();
    args.put("dest", "~/conf");
    args.put("content", "bad\n");
    args.put("validate", "grep -q good %s");
    fails(shell, "copy", args, "failed to validate");
    assertThat(read("conf")).isEqualTo("good\n");
    args.put("content", "good too\n");
    changes(shell, "copy", args);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aLinkIsReplacedOrFollowed(TestShell shell) throws IOException {
    write("real", "old\n");
    Files.createSymbolicLink(home().resolve("link"), home().resolve("real"));
    changes(shell, "copy", Map.of("dest", "~/link", "content", "one\n", "follow", true));
    assertThat(read("real")).isEqualTo("one\n");
    assertThat(home().resolve("link")).isSymbolicLink();
    changes(shell, "copy", Map.of("dest", "~/link", "content", "two\n"));
    assertThat(read("real")).isEqualTo("one\n");
    assertThat(home().resolve("link")).isRegularFile();
    assertThat(Files.isSymbolicLink(home().resolve("link"))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void forceNoKeepsWhatIsThere(TestShell shell) {
    write("kept", "mine\n");
    satisfied(shell, "copy", Map.of("dest", "~/kept", "content", "yours\n", "force", false));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void directoryAsOneStream(TestShell shell) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("site/index.html", "<html>\n");
    files.put("site/.hidden", "h");
    files.put("site/css/deep/a b.css", "x".repeat(1000));
    files.put("site/" + "long-name/".repeat(14) + "end", "long\n");
    Map<String, Object> args =
        Map.of("src", "site/", "dest", "~/www", "mode", "0640", "directory_mode", "0750");
    changes(shell, "copy", args, files);
    assertThat(read("www/css/deep/a b.css")).hasSize(1000);
    assertThat(read("www/.hidden")).isEqualTo("h");
    assertThat(read("www/" + "long-name/".repeat(14) + "end")).isEqualTo("long\n");
    assertThat(mode("www/index.html")).isEqualTo("rw-r-----");
    assertThat(mode("www/css/deep")).isEqualTo("rwxr-x---");
    write("www/index.html", "changed by hand\n");
    write("www/css/deep/more.css", "not ours\n");
    changes(shell, "copy", args, files);
    assertThat(read("www/index.html")).isEqualTo("<html>\n");
    assertThat(read("www/css/deep/more.css")).isEqualTo("not ours\n");
    nothingLeft();
    changes(shell, "copy", Map.of("src", "site", "dest", "~/www"), files);
    try (Stream<java.nio.file.Path> all = Files.list(home().resolve("www/site"))) {
      assertThat(all.map(path -> path.getFileName().toString()).sorted().toList())
          .isEqualTo(List.of(".hidden", "css", "index.html", "long-name"));
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void onTheHost(TestShell shell) {
    write("from/a", "1\n");
    write("from/b/c", "2\n");
    changes(
        shell,
        "copy",
        Map.of("src", "~/from/a", "dest", "~/to", "remote_src", true, "mode", "0600"));
    assertThat(read("to")).isEqualTo("1\n");
    assertThat(mode("to")).isEqualTo("rw-------");
    changes(shell, "copy", Map.of("src", "~/from/", "dest", "~/copy", "remote_src", true));
    assertThat(read("copy/b/c")).isEqualTo("2\n");
    fails(
        shell, "copy", Map.of("src", "~/none", "dest", "~/copy", "remote_src", true), "not found");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aTreeOfTheHostIsComparedWithItsCopy(TestShell shell) throws IOException {
    write("from/a", "1\n");
    write("from/b/with a blank", "2\n");
    write("from/large", "x".repeat(300_000));
    Files.createSymbolicLink(home().resolve("from/b/link"), Path.of("with a blank"));
    Map<String, Object> args = Map.of("src", "~/from/", "dest", "~/copy", "remote_src", true);
    changes(shell, "copy", args);
    for (String other : List.of("from/b/with a blank", "copy/large", "copy/a")) {
      write(other, "9\n");
      changes(shell, "copy", args);
    }
    Files.delete(home().resolve("from/b/link"));
    Files.createSymbolicLink(home().resolve("from/b/link"), Path.of("../a"));
    changes(shell, "copy", args);
    assertThat(read("copy/b/link")).isEqualTo("1\n");
    assertThat(read("copy/b/with a blank")).isEqualTo("9\n");
    assertThat(Files.size(home().resolve("copy/large"))).isEqualTo(300_000);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void template(TestShell shell) {
    Map<String, String> files = Map.of("app.j2", "rendered\n");
    Map<String, Object> args = Map.of("src", "app.j2", "dest", "~/app", "mode", "u=rw,g=r,o=");
    Result result = changes(shell, "template", args, files);
    assertThat(mode("app")).isEqualTo("rw-r-----");
    assertThat(result.values()).containsEntry("dest", Value.text(home() + "/app"));
  }
}
