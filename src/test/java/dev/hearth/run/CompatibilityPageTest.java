package dev.hearth.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@code docs/ansible-compatibility.md} against the program: the page says of every name of
 * ansible-core 2.19's language whether Hearth has it. With {@code -Dcompatibility.rewrite=true} the
 * page is written anew.
 */
class CompatibilityPageTest {

  private static final Path PAGE = Path.of("docs", "ansible-compatibility.md");

  @TempDir private Path scratch;

  @Test
  void saysWhatTheProgramDoes() throws IOException {
    CompatibilityPage made = new CompatibilityPage(scratch);
    String page = made.text();
    assertThat(made.unrecorded()).as("no case of the parity suite uses these").isEmpty();
    if (Boolean.getBoolean("compatibility.rewrite")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("run this test with -Dcompatibility.rewrite=true and commit %s", PAGE)
        .isEqualTo(page);
  }
}
