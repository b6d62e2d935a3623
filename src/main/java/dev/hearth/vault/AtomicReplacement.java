package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Replaces a file's content in one step: a temporary file beside it, 0600 from its first byte, is
 * written, flushed to the disk and renamed over it, and the directory is flushed too.
 */
public final class AtomicReplacement {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path target;
  private final Set<PosixFilePermission> allowed;

  private AtomicReplacement(Path target, Set<PosixFilePermission> allowed) {
    this.target = target;
    this.allowed = allowed;
  }

  /** Replaces the content and keeps owner, group and mode; a new file gets mode 0600. */
  static void keepingMode(Path target, byte[] content) {
    new AtomicReplacement(target, EnumSet.allOf(PosixFilePermission.class)).replace(content);
  }

  /** Replaces the content, keeps owner and group, and takes all access from anyone else. */
  public static void forOwnerOnly(Path target, byte[] content) {
    new AtomicReplacement(target, OWNER_ONLY).replace(content);
  }

  private void replace(byte[] content) {
    try {
      // A link stays a link: what it points to is replaced.
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
      Path directory = real.getParent();
      if (directory == null) {
        throw new IOException("it is the root directory");
      }
      Path temporary =
          Files.createTempFile(
              directory,
              "." + real.getFileName() + ".",
              ".tmp",
              PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try {
        write(temporary, content);
        takeOver(real, temporary);
        Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      try (FileChannel flushed = FileChannel.open(directory, StandardOpenOption.READ)) {
        flushed.force(true);
      }
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "the file " + target + " cannot be written")
          .because(failure.toString())
          .next("check the free space, and owner and mode of its directory; the file is unchanged")
          .failure();
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private void takeOver(Path old, Path temporary) throws IOException {
    if (!Files.exists(old)) {
      return;
    }
    PosixFileAttributes was = Files.readAttributes(old, PosixFileAttributes.class);
    PosixFileAttributeView view =
        Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    PosixFileAttributes is = view.readAttributes();
    if (!is.owner().equals(was.owner())) {
      view.setOwner(was.owner());
    }
    if (!is.group().equals(was.group())) {
      view.setGroup(was.group());
    }
    Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
    mode.addAll(was.permissions());
    mode.retainAll(allowed);
    view.setPermissions(mode);
  }
}
