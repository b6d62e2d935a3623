package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The revision of a lab, with the git of this machine. */
final class LabRevisionTest {

  @TempDir private Path directory;
  private Path lab;

  @BeforeEach
  void make() throws IOException {
    lab = Files.createDirectory(directory.resolve("lab"));
  }

  private void git(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-ec", script).directory(lab.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void theCommitIsToldAndWhetherFilesDiffer() throws Exception {
    assertThat(LabRevision.of(lab)).isEqualTo("in no git repository, or one without a commit");
    git(
        "git init -q && echo 1 >f && git add f && git -c user.name=n -c user.email=e@x commit -qm"
            + " one && git rev-parse HEAD >../id");
    String id = Files.readString(lab.resolveSibling("id")).strip();

    assertThat(LabRevision.of(lab)).isEqualTo(id);
    Files.writeString(lab.resolve("f"), "2");
    assertThat(LabRevision.of(lab)).isEqualTo(id + ", with changes that are not committed");
  }
}
