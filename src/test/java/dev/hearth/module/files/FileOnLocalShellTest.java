package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.CannedController;
import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileOnLocalShellTest extends ModuleOnLocalShell {

  @ParameterizedTest
  @MethodSource("shells")
  void directoryWithParents(TestShell shell) {
    changes(
        shell, "file", Map.of("path", "~/a b/c/d", "state", "directory", "mode", "u=rwx,g=rx,o="));
    assertThat(mode("a b")).isEqualTo("rwxr-x---");
    assertThat(mode("a b/c/d")).isEqualTo("rwxr-x---");
    changes(shell, "file", Map.of("path", "~/a b", "mode", "0700"));
    changes(shell, "file", Map.of("path", home() + "/a b", "state", "absent"));
    assertThat(home().resolve("a b")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aDirectoryThatSomebodyElseMakesMeanwhile(TestShell shell) {
    Verdict planned =
        host(shell)
            .plan(
                module("file"),
                Map.of("path", "~/shared/deep", "state", "directory", "mode", "0750"),
                new CannedController(Map.of()));
    assertThat(planned).isInstanceOf(Verdict.Changes.class);
    // Whenever mkdir is called, the other one has just been quicker.
    Path rival =
        write(
            "bin/mkdir",
            "#!/bin/sh\nfor path; do :; done\n/bin/mkdir \"$path\"\nexec /bin/mkdir \"$@\"\n");
    assertThat(rival.toFile().setExecutable(true)).isTrue();
    Word path = Word.of(rival.getParent() + ":/usr/bin:/bin");
    for (Step step : ((Verdict.Changes) planned).steps()) {
      Outcome.Exited end = host(shell).run(step.script().in(Map.of("PATH", path)));
      assertThat(end.code()).as(end.err()).isZero();
    }
    assertThat(mode("shared/deep")).isEqualTo("rwxr-x---");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void recursiveAttributes(TestShell shell) {
    write("tree/one.sh", "");
    write("tree/below/two", "");
    assertThat(home().resolve("tree/one.sh").toFile().setExecutable(true)).isTrue();
    changes(
        shell,
        "file",
        Map.of("path", "~/tree", "recurse", true, "mode", "u=rwX,go=", "state", "directory"));
    assertThat(mode("tree/one.sh")).isEqualTo("rwx------");
    assertThat(mode("tree/below")).isEqualTo("rwx------");
    assertThat(mode("tree/below/two")).isEqualTo("rw-------");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void links(TestShell shell) throws IOException {
    write("target", "x");
    write("other", "x");
    changes(shell, "file", Map.of("path", "~/link", "src", "target", "state", "link"));
    assertThat(Files.readSymbolicLink(home().resolve("link"))).isEqualTo(Path.of("target"));
    changes(shell, "file", Map.of("path", "~/link", "src", "~/other", "state", "link"));
    fails(shell, "file", Map.of("path", "~/new", "src", "nothing", "state", "link"), "force");
    changes(
        shell, "file", Map.of("path", "~/link", "src", "nothing", "state", "link", "force", true));
    Files.createDirectories(home().resolve("dir"));
    changes(shell, "file", Map.of("path", "~/link", "src", "dir", "state", "link"));
    changes(shell, "file", Map.of("path", "~/link", "src", "other", "state", "link"));
    assertThat(home().resolve("dir")).isEmptyDirectory();
    changes(shell, "file", Map.of("path", "~/hard", "src", "~/other", "state", "hard"));
    assertThat(Files.isSameFile(home().resolve("hard"), home().resolve("other"))).isTrue();
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void touchAndTimes(TestShell shell) throws IOException {
    changes(
        shell,
        "file",
        Map.of(
            "path",
            "~/stamp",
            "state",
            "touch",
            "mode",
            "0600",
            "modification_time",
            "preserve",
            "access_time",
            "preserve"));
    assertThat(mode("stamp")).isEqualTo("rw-------");
    changes(
        shell,
        "file",
        Map.of(
            "path",
            "~/stamp",
            "state",
            "file",
            "modification_time",
            "202001020304.05",
            "access_time",
            "preserve"));
    assertThat(Files.getLastModifiedTime(home().resolve("stamp")).toInstant())
        .isEqualTo("2020-01-02T03:04:05Z");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void refusesWhatIsSomethingElse(TestShell shell) {
    write("plain", "x");
    fails(shell, "file", Map.of("path", "~/plain", "state", "directory"), "already exists");
    fails(shell, "file", Map.of("path", "~/none", "state", "file"), "is absent");
    fails(shell, "file", Map.of("path", "/", "state", "absent"), "cannot be managed");
  }
}
