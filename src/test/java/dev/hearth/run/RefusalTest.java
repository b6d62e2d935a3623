package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Hearth does not do is refused or told, never left out in silence. */
class RefusalTest {

  @TempDir private Path directory;

  @Test
  void theDebuggerIsRefused() throws IOException {
    InProcess.playbook(directory, "- ansible.builtin.debug:\n  debugger: always\n");

    assertThat(InProcess.hearth(directory, "play", "play.yml").exit()).isEqualTo(5);
  }
}
