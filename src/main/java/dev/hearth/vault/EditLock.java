package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The right to edit a file: the kernel's lock on an empty file beside it. The kernel gives it back
 * when a process dies, however it dies, so that a file left over locks nobody out.
 */
final class EditLock {

  private static final int MARKS = 1 << 20;

  private final Path file;
  private final FileChannel channel;

  private EditLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Does something while holding it.
   *
   * @throws HearthException with {@link ExitCode#LOCKED} if somebody else has it
   */
  static <T> T holding(Path target, Supplier<T> work) {
    EditLock lock = on(target);
    try {
      return work.get();
    } finally {
      lock.release();
    }
  }

  private static EditLock on(Path target) {
    Path lock = null;
    try {
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      lock = real.resolveSibling("." + real.getFileName() + ".hearth-lock");
      for (; ; ) {
        FileChannel channel =
            FileChannel.open(
                lock,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (!locks(channel)) {
          channel.close();
          throw taken(target);
        }
        // Whoever had it before may have removed the file between our opening and locking it.
        if (Files.exists(lock) && isStill(lock, channel)) {
          return new EditLock(lock, channel);
        }
        channel.close();
      }
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "the file " + target + " cannot be edited")
          .because("the lock " + lock + " cannot be made: " + failure)
          .next("check owner and mode of its directory; nothing is changed")
          .failure();
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  /**
   * Whether the name still means the locked file: a size of our own shows up under it. Opening the
   * file by its name to read a mark would give the lock back.
   */
  private static boolean isStill(Path lock, FileChannel channel) throws IOException {
    long size = 1L + new SecureRandom().nextInt(MARKS);
    channel.truncate(0);
    channel.write(ByteBuffer.allocate(1), size - 1);
    return Files.size(lock) == size;
  }

  private static HearthException taken(Path target) {
    return Diagnostic.error(ExitCode.LOCKED, target + " is being edited by another process")
        .because("two edits at once would lose one of them")
        .next("finish the other edit first; nothing is changed")
        .failure();
  }

  private void release() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      throw Diagnostic.error(ExitCode.FAILED, "the lock " + file + " cannot be removed")
          .because(stays.toString())
          .next("remove it by hand; it locks nobody out")
          .failure();
    }
  }
}
