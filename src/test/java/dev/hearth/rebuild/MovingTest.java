package dev.hearth.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restored paths come into place, and what was there is kept. */
final class MovingTest {

  @TempDir private Path directory;

  private String run(int status, Path... paths) throws Exception {
    TargetScripts.Command command =
        TargetScripts.move(
            directory.resolve("fresh").toString(),
            "1",
            List.of(paths).stream().map(Path::toString).toList());
    List<String> words = new ArrayList<>(List.of("sh", "-c", command.body(), "sh"));
    words.addAll(command.words());
    Process shell = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(said).isEqualTo(status);
    return said;
  }

  private Path restored(Path path, String text) throws IOException {
    Path file = Path.of(directory.resolve("fresh") + path.toString());
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void oldStateIsRenamedAndEmptyDirectoriesAreNot() throws Exception {
    Path old = Files.createDirectory(directory.resolve("old state"));
    Files.writeString(old.resolve("file"), "before");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path missing = directory.resolve("deep/er/missing");
    restored(old.resolve("file"), "restored");
    restored(empty.resolve("file"), "restored");
    restored(missing, "restored");

    run(0, old, empty, missing);

    assertThat(old.resolve("file")).hasContent("restored");
    assertThat(directory.resolve("old state.before-1/file")).hasContent("before");
    assertThat(empty.resolve("file")).hasContent("restored");
    assertThat(directory.resolve("empty.before-1")).doesNotExist();
    assertThat(missing).hasContent("restored");
  }

  @Test
  void nothingIsTouchedWhenTheSnapshotLacksAPath() throws Exception {
    Path old = Files.writeString(directory.resolve("old"), "before");
    restored(old, "restored");

    assertThat(run(1, old, directory.resolve("other"))).contains("is not in the snapshot");

    assertThat(old).hasContent("before");
    assertThat(directory.resolve("old.before-1")).doesNotExist();
  }
}
