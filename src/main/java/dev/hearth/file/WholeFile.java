package dev.hearth.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a file whole or not at all: whoever reads it sees the old one or the new one, and a full
 * disk or a kill leaves the old one. What is no regular file (a pipe, {@code /dev/stdout}) is
 * written to as it is.
 */
public final class WholeFile {

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private WholeFile() {}

  /**
   * Writes a file. One that is there keeps its mode and owner, and stays behind the links that lead
   * to it; a new one gets the mode that the process gives to files.
   */
  public static void write(Path file, byte[] content) throws IOException {
    replace(file, content);
  }

  /** The same, but a new one can be read by its owner only. */
  public static void writePrivate(Path file, byte[] content) throws IOException {
    replace(file, content, PRIVATE);
  }

  private static void replace(Path named, byte[] content, FileAttribute<?>... ofNew)
      throws IOException {
    boolean exists = Files.exists(named);
    if (exists && !Files.isRegularFile(named)) {
      Files.write(named, content, StandardOpenOption.WRITE);
      return;
    }
    Path file = exists ? named.toRealPath() : named.toAbsolutePath();
    Path fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".new");
    try {
      if (exists) {
        Files.createFile(fresh, PRIVATE);
      } else {
        Files.createFile(fresh, ofNew);
      }
      Files.write(fresh, content);
      if (exists) {
        takeOver(file, fresh);
      }
      sync(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    sync(Objects.requireNonNull(file.getParent()));
  }

  /** Mode, owner and group; who may not give a file away keeps it, as with editors. */
  private static void takeOver(Path old, Path fresh) throws IOException {
    PosixFileAttributes was = Files.readAttributes(old, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    try {
      view.setGroup(was.group());
      view.setOwner(was.owner());
    } catch (FileSystemException notAllowed) {
      // The content counts.
    }
    view.setPermissions(was.permissions());
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel opened = FileChannel.open(path)) {
      opened.force(true);
    }
  }
}
