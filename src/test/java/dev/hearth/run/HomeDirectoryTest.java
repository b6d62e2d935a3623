package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ~} is in names of files of this machine: the variable, not the account's. */
final class HomeDirectoryTest {

  @Test
  void followsTheVariable(@TempDir Path home) throws IOException {
    Files.writeString(home.resolve("mine"), "text");
    Files.writeString(home.resolve("mine.j2"), "{{ 'ren' ~ 'dered' }}");
    InProcess.playbook(
        home,
        """
        - copy: {src: ~/mine, dest: %1$s/copied}
        - template: {src: ~/mine.j2, dest: %1$s/rendered}
        - fetch: {src: %1$s/copied, dest: ~/fetched, flat: true}
        - debug: {msg: "{{ lookup('file', '~/mine') }}"}
        """
            .formatted(home));
    InProcess run = InProcess.hearth(home, "play", "play.yml");
    assertThat(run.exit()).as(run.err() + run.out()).isZero();
    assertThat(home.resolve("copied")).hasContent("text");
    assertThat(home.resolve("rendered")).hasContent("rendered");
    assertThat(home.resolve("fetched")).hasContent("text");
    assertThat(run.out()).contains("text");
  }
}
