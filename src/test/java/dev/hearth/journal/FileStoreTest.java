package dev.hearth.journal;

import dev.hearth.file.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The store that is files of this machine. */
final class FileStoreTest extends RunStoreContract {

  @TempDir private Path directory;

  @Override
  protected RunStore open() {
    return new FileStore(directory);
  }

  @Override
  protected void die(RunStore store, String run) {
    try {
      // A process that began at another time than the one that has its number now.
      Files.writeString(
          directory.resolve("begun").resolve(run),
          new ProcessMark(ProcessMark.own().pid(), 1).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
