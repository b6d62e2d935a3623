package dev.hearth.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** The files of this machine. */
public final class DiskFiles implements FileLayer {

  private static final int PIECE = 64 * 1024;

  @Override
  public void create(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    Files.createDirectory(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Override
  public void append(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      writeAll(channel, ByteBuffer.wrap(content));
    }
  }

  @Override
  public void overwrite(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long left = channel.size(); left > 0; left -= PIECE) {
        writeAll(channel, ByteBuffer.allocate((int) Math.min(left, PIECE)));
      }
      channel.force(true);
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer rest) throws IOException {
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  @Override
  public void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void takeOver(Path from, Path to, FileAccess access) throws IOException {
    PosixFileAttributes was = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    PosixFileAttributes is = view.readAttributes();
    if (!is.owner().equals(was.owner())) {
      view.setOwner(was.owner());
    }
    if (!is.group().equals(was.group())) {
      view.setGroup(was.group());
    }
    view.setPermissions(access.of(was.permissions()));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
