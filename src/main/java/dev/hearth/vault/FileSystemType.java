package dev.hearth.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * On what kind of file system a directory lies, by the number of its device. Java's own answer goes
 * by the name of the directory and may be that of another file system, which a later mount hides.
 */
final class FileSystemType {

  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final String BEFORE_TYPE = " - ";
  private static final int DEVICE = 2;

  private FileSystemType() {}

  /** Its name, such as {@code tmpfs}; empty when that cannot be told. */
  static Optional<String> of(Path directory) {
    try {
      long device = ((Number) Files.getAttribute(directory, "unix:dev")).longValue();
      return of(device, Files.readAllLines(MOUNTS));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /**
   * The name of the file system with this device.
   *
   * @param mounts the lines of {@code mountinfo}, see proc(5)
   */
  static Optional<String> of(long device, List<String> mounts) {
    long major = (device >> 8 & 0xfff) | (device >> 32 & ~0xfffL);
    long minor = (device & 0xff) | (device >> 12 & ~0xffL);
    String wanted = major + ":" + minor;
    for (String mount : mounts) {
      String[] fields = mount.split(" ");
      int type = mount.indexOf(BEFORE_TYPE);
      if (type >= 0 && fields.length > DEVICE && fields[DEVICE].equals(wanted)) {
        return Optional.of(mount.substring(type + BEFORE_TYPE.length()).split(" ")[0]);
      }
    }
    return Optional.empty();
  }
}
