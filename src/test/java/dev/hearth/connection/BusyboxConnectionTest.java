package dev.hearth.connection;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worker under busybox ash, with busybox's own {@code dd}, {@code cat} and {@code head} in
 * front.
 */
final class BusyboxConnectionTest extends ConnectionSuite {

  private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

  @TempDir static Path programs;

  @BeforeAll
  static void link() throws IOException {
    assumeTrue(Files.isExecutable(BUSYBOX), "busybox is not installed");
    for (String name : new String[] {"dd", "cat", "head", "sleep", "tr", "grep", "od", "id"}) {
      Path program =
          Files.writeString(
              programs.resolve(name),
              "#!" + BUSYBOX + " sh\nexec " + BUSYBOX + " " + name + " \"$@\"\n");
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Override
  protected Connection connect() {
    return LocalShell.under("env PATH=" + programs + ":/usr/bin:/bin busybox ash");
  }
}
