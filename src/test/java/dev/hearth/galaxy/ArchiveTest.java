package dev.hearth.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes out of archives, and what must not. */
final class ArchiveTest {

  private static final Location AT = Location.startOf(Source.of("requirements.yml", "- src: x\n"));

  @TempDir private Path scratch;
  private Path into;

  @BeforeEach
  void directory() throws IOException {
    into = Files.createDirectory(scratch.resolve("into"));
  }

  private void unpack(Path archive) {
    Archive.unpack(archive, "x.tar.gz", AT, into);
  }

  @Test
  void unpacksFilesDirectoriesAndLinks() throws IOException {
    String longName = "deep/" + "a".repeat(90) + "/" + "b".repeat(120) + "/c.txt";
    unpack(
        new Tarball(scratch.resolve("good.tar.gz"))
            .directory("d/")
            .file("d/plain", "text")
            .program("d/run.sh", "#!/bin/sh\n")
            .file(longName, "deep")
            .link("d/link", "plain")
            .link("up", "d/plain")
            .link("d/over", "../up")
            .hardLink("d/hard", "d/plain")
            .file("d/plain", "again")
            .close());
    assertThat(into.resolve("d/plain")).hasContent("again");
    assertThat(into.resolve("d/hard")).hasContent("text");
    assertThat(into.resolve("d/over")).hasContent("again");
    assertThat(into.resolve(longName)).hasContent("deep");
    assertThat(Files.isExecutable(into.resolve("d/run.sh"))).isTrue();
    assertThat(Files.isExecutable(into.resolve("d/plain"))).isFalse();
  }

  @Test
  void unpacksWhatThisMachinesProgramsOpen() throws IOException {
    assumeThat(Path.of("/usr/bin/bzip2")).isExecutable();
    Path tar = new Tarball(scratch.resolve("good.tar")).file("d/plain", "text").close();
    Path packed = scratch.resolve("good.tar.bz2");
    try (OutputStream out = new BZip2CompressorOutputStream(Files.newOutputStream(packed))) {
      Files.copy(tar, out);
    }
    unpack(packed);
    assertThat(into.resolve("d/plain")).hasContent("text");

    byte[] cut = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(cut, cut.length - 10));
    refuses(packed, "x.tar.gz");
  }

  @Test
  void holdsWhatProgramsOpenToTheSameRules() throws IOException {
    assumeThat(Path.of("/usr/bin/bzip2")).isExecutable();
    Path tar = new Tarball(scratch.resolve("bad.tar")).file("../evil", "text").close();
    Path packed = scratch.resolve("bad.tar.bz2");
    try (OutputStream out = new BZip2CompressorOutputStream(Files.newOutputStream(packed))) {
      Files.copy(tar, out);
    }
    refuses(packed, "has '..' in it");
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/evil, is absolute",
    "../evil, has '..' in it",
    "a/../../evil, has '..' in it",
    "a/.., has '..' in it"
  })
  void refusesNamesThatLeadOut(String name, String why) throws IOException {
    refuses(new Tarball(scratch.resolve("bad.tar.gz")).file(name, "evil").close(), why);
  }

  @ParameterizedTest
  @CsvSource({
    "link, /etc/passwd, a link to '/etc/passwd'",
    "link, ../outside, leads out of it",
    "d/link, ../../outside, leads out of it",
    "link, d/../../outside, leads out of it"
  })
  void refusesLinksThatLeadOut(String name, String target, String why) throws IOException {
    refuses(new Tarball(scratch.resolve("bad.tar.gz")).link(name, target).close(), why);
  }

  @Test
  void refusesToWriteThroughALink() throws IOException {
    refuses(
        new Tarball(scratch.resolve("bad.tar.gz"))
            .directory("real/")
            .link("d", "real")
            .file("d/evil", "x")
            .close(),
        "below a link");
    assertThat(into.resolve("real/evil")).doesNotExist();
  }

  @Test
  void aLinkWithTheNameOfALaterFileIsReplacedAndNotFollowed() throws IOException {
    unpack(
        new Tarball(scratch.resolve("x.tar.gz"))
            .file("target", "kept")
            .link("name", "target")
            .file("name", "new")
            .close());
    assertThat(into.resolve("target")).hasContent("kept");
    assertThat(into.resolve("name")).hasContent("new");
    assertThat(Files.isSymbolicLink(into.resolve("name"))).isFalse();
  }

  @Test
  void refusesHardLinksToWhatIsNotInIt() throws IOException {
    refuses(
        new Tarball(scratch.resolve("bad.tar.gz")).hardLink("x", "/etc/passwd").close(),
        "is absolute");
    refuses(
        new Tarball(scratch.resolve("bad.tar.gz")).link("l", "y").hardLink("x", "l").close(),
        "is no file before it");
  }

  @Test
  void refusesDevices() throws IOException {
    refuses(
        new Tarball(scratch.resolve("bad.tar.gz")).pipe("pipe").close(),
        "neither file, directory nor link");
  }

  @Test
  void tellsHowAnotherKindOfArchiveIsCompressed() throws IOException {
    refuses(write("BZh91AY&SY"), "bzip2");
    refuses(write("PK\u0003\u0004...."), "zip");
    refuses(write("<html>nothing here</html>".repeat(40)), "no tar archive");
  }

  /** Whatever the bytes are: files appear only inside, and nothing but findings is thrown. */
  @Test
  void survivesDamage() throws IOException {
    Path good =
        new Tarball(scratch.resolve("good.tar"))
            .file("a/b", "text".repeat(300))
            .link("l", "a/b")
            .file("x".repeat(150), "y")
            .close();
    byte[] whole = Files.readAllBytes(good);
    Random random = new Random(7);
    for (int round = 0; round < 600; round++) {
      byte[] damaged = whole.clone();
      for (int change = 0; change < 1 + random.nextInt(4); change++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
      Path file = scratch.resolve("damaged.tar");
      Files.write(file, Arrays.copyOf(damaged, length));
      try {
        unpack(file);
      } catch (HearthException refused) {
        assertThat(refused.diagnostics()).allSatisfy(each -> assertThat(each.next()).isNotEmpty());
      }
      Staging.delete(into);
      directory();
      try (Stream<Path> beside = Files.list(scratch)) {
        assertThat(beside.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrder("good.tar", "damaged.tar", "into");
      }
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(scratch.resolve("other.tar.gz"), text, StandardCharsets.ISO_8859_1);
  }

  private void refuses(Path archive, String why) {
    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("requirements.yml:1:1");
  }
}
