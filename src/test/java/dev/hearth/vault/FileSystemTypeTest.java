package dev.hearth.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileSystemTypeTest {

  /** The first of two mounts on one directory is hidden by the second. */
  private static final List<String> MOUNTS =
      List.of(
          "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda rw",
          "30 22 0:26 / /dev/shm rw,nosuid - tmpfs tmpfs rw,size=64k",
          "41 30 254:1 /srv/disk /dev/shm rw,relatime master:7 propagate_from:2 - ext4 /dev/vda rw",
          "42 22 259:300 / /big rw - xfs /dev/nvme rw");

  @Test
  void isThatOfTheDeviceAndNotOfTheName() {
    assertThat(FileSystemType.of(254 << 8 | 1, MOUNTS)).contains("ext4");
    assertThat(FileSystemType.of(26, MOUNTS)).contains("tmpfs");
    assertThat(FileSystemType.of(27, MOUNTS)).isEmpty();
    assertThat(FileSystemType.of(259 << 8 | 300 & 0xff | (300L & ~0xff) << 12, MOUNTS))
        .contains("xfs");
    assertThat(FileSystemType.of(27, List.of("", "no mount at all", "1 2 0:27 / /x rw"))).isEmpty();
  }

  @Test
  void isKnownOfRealDirectories() {
    assertThat(FileSystemType.of(Path.of("/proc"))).contains("proc");
    assertThat(FileSystemType.of(Path.of("/nowhere/at/all"))).isEmpty();
    Path memory = Path.of("/dev/shm");
    if (Files.isDirectory(memory)) {
      assertThat(FileSystemType.of(memory)).isPresent();
    }
  }
}
