package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links below a directory that is synchronized. The host is this machine. */
final class SynchronizeLinksTest {

  @TempDir private Path directory;

  @BeforeEach
  void tree() throws IOException {
    Files.writeString(directory.resolve("hosts"), "here ansible_connection=local\n");
    Files.createDirectories(directory.resolve("tree/sub"));
    Files.writeString(directory.resolve("tree/sub/one"), "1\n");
    Files.createSymbolicLink(directory.resolve("tree/link"), Path.of("sub/one"));
    Files.createSymbolicLink(directory.resolve("tree/linked"), Path.of("sub"));
  }

  private HearthHere.Ended play(String parameters) throws IOException {
    Files.writeString(
        directory.resolve("play.yml"),
        """
        - hosts: here
          gather_facts: false
          tasks:
            - ansible.posix.synchronize: {src: tree/, dest: "%s/out", %s}
        """
            .formatted(directory, parameters));
    return new HearthHere(directory).run("play", "play.yml", "-i", "hosts");
  }

  @Test
  void whatTheyLeadToIsSentWhenItShall() throws IOException {
    HearthHere.Ended ended = play("copy_links: true");

    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
    assertThat(directory.resolve("out/link")).isRegularFile().hasContent("1\n");
    assertThat(Files.isSymbolicLink(directory.resolve("out/link"))).isFalse();
    assertThat(Files.isSymbolicLink(directory.resolve("out/linked"))).isFalse();
    assertThat(directory.resolve("out/linked/one")).hasContent("1\n");
    assertThat(play("copy_links: true").out()).contains("changed=0");
  }

  @Test
  void theyAreSentAsTheyAreOtherwise() throws IOException {
    HearthHere.Ended ended = play("copy_links: false");

    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
    assertThat(Files.readSymbolicLink(directory.resolve("out/linked"))).hasToString("sub");
  }

  @Test
  void oneThatLeadsNowhereIsToldWithItsPath() throws IOException {
    Files.createSymbolicLink(directory.resolve("tree/lost"), Path.of("nothing"));
    HearthHere.Ended ended = play("copy_links: true");

    assertThat(ended.exit()).isNotZero();
    assertThat(ended.out() + ended.err()).contains("tree/lost").doesNotContain("\tat ");
    assertThat(directory.resolve("out")).doesNotExist();
  }
}
