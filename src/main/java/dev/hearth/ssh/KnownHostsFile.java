package dev.hearth.ssh;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;

/**
 * Adds lines to a known_hosts file; another reader sees the old file or the new one, never half of
 * it.
 */
public final class KnownHostsFile {

  private static final int SALT = 20;
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private KnownHostsFile() {}

  /**
   * Pins a host's key.
   *
   * @param file made with its directory when it is not there
   * @param name the host, as {@code name} or {@code [name]:port}
   * @param hashed whether the name is written as a digest
   * @throws dev.hearth.diag.HearthException when the file cannot be written
   */
  public static synchronized void add(Path file, String name, HostKey key, boolean hashed) {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    String line =
        (hashed ? KnownHostsLine.hash(salt, name) : name)
            + " "
            + key.type()
            + " "
            + key.base64()
            + "\n";
    try {
      write(file.toAbsolutePath(), line);
    } catch (IOException failure) {
      throw Diagnostic.error(
              ExitCode.HOST_KEY, "the host key of " + name + " cannot be written to " + file)
          .because(String.valueOf(failure.getMessage()))
          .next("make the file and its directory writable for you")
          .failure();
    }
  }

  private static void write(Path file, String line) throws IOException {
    Path directory = Objects.requireNonNull(file.getParent());
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, PRIVATE_DIRECTORY);
    }
    boolean exists = Files.exists(file);
    if (exists && !Files.isRegularFile(file)) {
      throw new IOException(file + " is not a file that could hold keys");
    }
    String before = exists ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    WholeFile.writePrivate(file, (before + gap + line).getBytes(StandardCharsets.ISO_8859_1));
  }
}
