package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of several files, or none. */
final class RekeyingTest {

  @TempDir private Path directory;
  @TempDir private Path intents;

  private final Vault before = vault("old");
  private final Vault after = vault("new");

  private static Vault vault(String password) {
    return new Vault(VaultSecrets.none().and("default", password.getBytes(UTF_8)));
  }

  @Test
  void whateverFailsNoFileIsNew() throws IOException {
    List<Path> files = written();
    DyingFiles whole = new DyingFiles();
    assertThat(new Rekeying(before, after, whole, intents).rekey(files)).isEqualTo(files);
    for (int step = 0; step < whole.steps(); step++) {
      for (DyingFiles.End end : List.of(DyingFiles.End.FAILURE, DyingFiles.End.FULL)) {
        written();
        List<byte[]> old = contents(files);
        DyingFiles failing = new DyingFiles(step, end);
        boolean failed = failed(() -> new Rekeying(before, after, failing, intents).rekey(files));
        // Only the end of what was written down may fail unheard: it does no harm.
        assertThat(failed || step >= whole.steps() - 2).as("step " + step).isTrue();
        if (failed) {
          assertThat(contents(files)).as("step " + step).usingRecursiveComparison().isEqualTo(old);
        } else {
          assertThat(opened(files))
              .as("step " + step)
              .containsExactly("text 0", "text 1", "text 2");
        }
        try (Stream<Path> all = Files.list(directory)) {
          assertThat(all).as("step " + step).hasSize(files.size());
        }
      }
    }
  }

  @Test
  void aChangeMeanwhileIsKeptAndTheOthersAreOld() throws IOException {
    List<Path> files = written();
    List<byte[]> old = contents(files);
    FileLayer changing = new Changing(files.get(0), files.get(2));
    assertThatThrownBy(() -> new Rekeying(before, after, changing, intents).rekey(files))
        .hasMessageContaining("changed on disk")
        .hasMessageContaining("no file was changed");
    assertThat(contents(files).subList(0, 2))
        .usingRecursiveComparison()
        .isEqualTo(old.subList(0, 2));
    assertThat(files.get(2)).hasContent("from elsewhere");
  }

  private static boolean failed(Runnable work) {
    try {
      work.run();
      return false;
    } catch (HearthException told) {
      assertThat(told).hasMessageContaining("no file was changed");
      return true;
    }
  }

  private List<String> opened(List<Path> files) {
    return files.stream()
        .map(file -> new String(new FileEncryption(after).view(file), UTF_8))
        .toList();
  }

  private List<Path> written() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      byte[] plain = ("text " + number).getBytes(UTF_8);
      Path file = directory.resolve("file" + number);
      Files.write(file, before.seal(plain, Optional.empty()).bytes());
      files.add(file);
    }
    return files;
  }

  private static List<byte[]> contents(List<Path> files) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
    }
    return contents;
  }

  /** Files of this machine, of which somebody changes one as soon as another is replaced. */
  private record Changing(Path replaced, Path changed, DiskFiles disk) implements FileLayer {

    Changing(Path replaced, Path changed) {
      this(replaced, changed, new DiskFiles());
    }

    @Override
    public void create(Path file) throws IOException {
      disk.create(file);
    }

    @Override
    public void createDirectory(Path made) throws IOException {
      disk.createDirectory(made);
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
      disk.append(file, content);
    }

    @Override
    public void overwrite(Path file) throws IOException {
      disk.overwrite(file);
    }

    @Override
    public void flush(Path file) throws IOException {
      disk.flush(file);
    }

    @Override
    public void takeOver(Path from, Path to, FileAccess access) throws IOException {
      disk.takeOver(from, to, access);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      disk.rename(from, to);
      if (to.endsWith(replaced.getFileName())) {
        Files.writeString(changed, "from elsewhere");
      }
    }

    @Override
    public void delete(Path file) throws IOException {
      disk.delete(file);
    }
  }
}
