package dev.hearth.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {

  @TempDir Path directory;

  @Test
  void oneThatIsThereKeepsItsMode() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    WholeFile.write(file, bytes("new"));
    assertThat(file).hasContent("new");
    assertThat(mode(file)).isEqualTo("rw-r-----");
    assertThat(inside()).containsExactly("file");
  }

  @Test
  void whatAnAdministratorWritesStaysItsOwners() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "old");
    assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "only root gives files away");
    Files.setAttribute(file, "unix:uid", 1);
    Files.setAttribute(file, "unix:gid", 2);
    WholeFile.write(file, bytes("new"));
    assertThat(file).hasContent("new");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(2);
  }

  @Test
  void aNewOneGetsTheModeOfOtherNewFiles() throws IOException {
    Path other = Files.createFile(directory.resolve("other"));
    Path file = directory.resolve("file");
    WholeFile.write(file, bytes("new"));
    assertThat(file).hasContent("new");
    assertThat(mode(file)).isEqualTo(mode(other));
  }

  @Test
  void aNewPrivateOneIsTheOwnersOnly() throws IOException {
    Path file = directory.resolve("file");
    WholeFile.writePrivate(file, bytes("new"));
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void linksStay() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
    WholeFile.write(link, bytes("new"));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
  }

  @Test
  void theOldContentIsNeverWrittenOver() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "old");
    Path second = Files.createLink(directory.resolve("second"), file);
    WholeFile.write(file, bytes("new"));
    assertThat(second).hasContent("old");
  }

  @Test
  void whatIsNoFileIsWrittenToAsItIs() throws IOException {
    WholeFile.write(Path.of("/dev/null"), bytes("new"));
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Path taken = Files.createDirectory(directory.resolve("directory"));
    assertThatThrownBy(() -> WholeFile.write(taken, bytes("new"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> WholeFile.write(directory.resolve("no/file"), bytes("new")))
        .isInstanceOf(IOException.class);
    assertThat(inside()).containsExactly("directory");
  }

  private Stream<String> inside() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList().stream();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
