package dev.hearth.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether a file still is the one that it was, without telling what it holds: whoever changes
 * it gives it another number, time or size. A change of its name alone leaves all three.
 */
record FileIdentity(String text) {

  private static final String PARTS = "unix:ino,size,lastModifiedTime";

  static FileIdentity of(Path file) throws IOException {
    Map<String, Object> parts = Files.readAttributes(file, PARTS);
    FileTime time = (FileTime) Objects.requireNonNull(parts.get("lastModifiedTime"));
    return new FileIdentity(
        parts.get("ino") + "." + parts.get("size") + "." + time.to(TimeUnit.NANOSECONDS));
  }

  /** Whether a file is there and is this one. */
  boolean isOf(Path file) throws IOException {
    return Files.exists(file) && equals(of(file));
  }
}
