package dev.hearth.journal;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file that records are appended to. One that says what is to come is on the disk when {@link
 * #append} returns; what is over is written down at once, and on the disk with the next of those or
 * when the file is closed.
 */
public final class JournalFile implements RecordLog {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;

  /** No channel: a stopped run's interrupt would close it under what still has to be written. */
  private final RandomAccessFile bytes;

  private final ChainedLines lines;

  private JournalFile(Path file, RandomAccessFile bytes, ChainedLines lines) {
    this.file = file;
    this.bytes = bytes;
    this.lines = lines;
  }

  /**
   * Begins a file, with the directories above it.
   *
   * @throws HearthException when it cannot be written, or is there already
   */
  public static JournalFile create(Path file, Entry.Header header) {
    try {
      Path directory = directoryOf(file);
      Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
      Files.createFile(file, OWNER_ONLY);
      JournalFile made =
          new JournalFile(file, new RandomAccessFile(file.toFile(), "rw"), new ChainedLines());
      made.append(header);
      flush(directory);
      return made;
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /**
   * Opens a file to go on with it. What a crash left of a last line is cut off.
   *
   * @throws HearthException when it is damaged or cannot be written
   */
  public static JournalFile open(Path file) {
    Journal read = Journal.read(file);
    try {
      RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw");
      bytes.setLength(read.length());
      bytes.seek(read.length());
      return new JournalFile(file, bytes, new ChainedLines(read.digits()));
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  @Override
  public synchronized void append(Entry entry) {
    try {
      String line = lines.line(entry);
      long start = bytes.getFilePointer();
      try {
        bytes.write(line.getBytes(StandardCharsets.UTF_8));
        if (precedes(entry)) {
          bytes.getFD().sync();
        }
      } catch (IOException partly) {
        bytes.setLength(start);
        bytes.seek(start);
        throw partly;
      }
      lines.written(line);
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /**
   * Whether something is done because of a record. What a power failure takes of the others is
   * found out again: the step counts as begun, and the host is looked at.
   */
  private static boolean precedes(Entry entry) {
    return switch (entry) {
      case Entry.Kept _, Entry.Ended _, Entry.Done _ -> false;
      default -> true;
    };
  }

  /**
   * Writes a whole file in the place of another in one step.
   *
   * @throws HearthException when it cannot be written; the old one is left as it is then
   */
  public static void replace(Path file, byte[] content) {
    try {
      Path directory = directoryOf(file);
      Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
      Path fresh = Files.createTempFile(directory, ".", ".new", OWNER_ONLY);
      try {
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
          out.write(content);
          out.getFD().sync();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
      flush(directory);
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /** The bytes of a whole file. */
  static byte[] bytes(Entry.Header header, List<Entry> entries) {
    StringBuilder text = new StringBuilder();
    ChainedLines lines = new ChainedLines();
    Stream.concat(Stream.of(header), entries.stream())
        .forEach(
            entry -> {
              String line = lines.line(entry);
              text.append(line);
              lines.written(line);
            });
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Path directoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("it is the root directory");
    }
    return directory;
  }

  private static void flush(Path directory) throws IOException {
    boolean interrupted = Thread.interrupted();
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static HearthException unwritable(Path file, IOException failure) {
    return Diagnostic.error(ExitCode.FAILED, "the record " + file + " cannot be written")
        .because(failure + "; nothing is done that is not written down first")
        .next("check the free space and the directory's owner and mode, or set XDG_STATE_HOME")
        .failure();
  }

  @Override
  public void close() {
    try (bytes) {
      bytes.getFD().sync();
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }
}
