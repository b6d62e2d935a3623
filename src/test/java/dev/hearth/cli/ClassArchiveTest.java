package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher uses the archive of classes with the jar that it was made of, and with no other. */
final class ClassArchiveTest {

  private static final FileTime BUILT = FileTime.from(Instant.parse("2026-11-01T10:00:00.5Z"));
  private static final FileTime LATER = FileTime.from(Instant.parse("2026-11-02T10:00:00Z"));

  @TempDir private Path directory;
  private Path target;

  @BeforeEach
  void made() throws IOException {
    target = Files.createDirectory(directory.resolve("target"));
    Path java = Files.writeString(directory.resolve("java"), "#!/bin/sh\necho \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.copy(Path.of("hearth").toAbsolutePath(), directory.resolve("hearth"));
    Files.writeString(target.resolve("hearth.jar"), "the classes");
    Files.writeString(target.resolve("hearth.aot"), "the classes, linked");
    noted();
  }

  /** As the build does it when both are whole. */
  private void noted() throws IOException {
    Files.writeString(
        target.resolve("hearth.java"),
        directory.resolve("java")
            + "\n"
            + out("sh", "-c", "cat target/hearth.jar target/hearth.aot | cksum"));
    Files.setLastModifiedTime(target.resolve("hearth.jar"), BUILT);
    Files.setLastModifiedTime(target.resolve("hearth.aot"), BUILT);
  }

  private String out(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether the launcher gives it to java. */
  private boolean used() throws IOException {
    String arguments = out("sh", "hearth", "--version");
    assertThat(arguments).endsWith("-jar " + target.resolve("hearth.jar") + " --version\n");
    return arguments.contains("-XX:AOTCache=" + target.resolve("hearth.aot"));
  }

  @Test
  void itIsUsedWithItsJar() throws Exception {
    assertThat(used()).isTrue();
  }

  @Test
  void itIsNotUsedWithAJarThatWasChangedInPlace() throws Exception {
    for (String other : List.of("other class", "the classes and more")) {
      Files.writeString(target.resolve("hearth.jar"), other);
      assertThat(used()).as(other).isFalse();
    }
  }

  @Test
  void itIsNotUsedWithAnOlderJar() throws Exception {
    Path older = Files.writeString(directory.resolve("older"), "old classes");
    Files.setLastModifiedTime(older, FileTime.from(Instant.parse("2026-10-01T10:00:00Z")));
    Files.move(older, target.resolve("hearth.jar"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(used()).isFalse();
  }

  @Test
  void anArchiveThatWasLeftBehindByAnUpgradeIsNotUsed() throws Exception {
    byte[] old = Files.readAllBytes(target.resolve("hearth.aot"));
    Files.writeString(target.resolve("hearth.jar"), "new classes");
    Files.writeString(target.resolve("hearth.aot"), "new classes, linked");
    noted();
    Files.setLastModifiedTime(target.resolve("hearth.jar"), LATER);
    Files.write(target.resolve("hearth.aot"), old);
    Files.setLastModifiedTime(target.resolve("hearth.aot"), BUILT);

    assertThat(used()).isFalse();
  }

  @Test
  void itIsUsedWithACopyOfItsJarAndLookedAtOnlyOnce() throws Exception {
    Files.setLastModifiedTime(target.resolve("hearth.jar"), LATER);

    assertThat(used()).isTrue();
    assertThat(Files.getLastModifiedTime(target.resolve("hearth.aot"))).isEqualTo(LATER);
  }

  @Test
  void itIsNotUsedWhenNothingSaysWhichJarItIsFor() throws Exception {
    Files.writeString(target.resolve("hearth.java"), directory.resolve("java") + "\n");
    assertThat(used()).isFalse();
  }

  @Test
  void withoutOneHearthStartsAsWell() throws Exception {
    Files.delete(target.resolve("hearth.aot"));
    assertThat(used()).isFalse();
  }
}
