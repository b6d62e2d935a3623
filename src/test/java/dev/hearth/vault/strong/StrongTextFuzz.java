package dev.hearth.vault.strong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.fuzz.Fuzzing;
import java.nio.charset.StandardCharsets;

/** Whatever a text of our own format holds: it is read, opened, or is a finding. */
public final class StrongTextFuzz {

  private StrongTextFuzz() {}

  /** Reads one input, and opens it with a key that is not its own, or hardly ever. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    Location at = Location.startOf(new Source("input", text));
    Fuzzing.orFinding(
        () -> {
          StrongText read = StrongText.parse(text, at);
          assertThat(StrongText.parse(read.text(), at)).isEqualTo(read);
          FileKey key = new FileKey(new byte[FileKey.BYTES]);
          Fuzzing.orFinding(() -> read.open(key));
          // Behind the check sum of the header, which no input gets right.
          Fuzzing.orFinding(() -> new LinesBody(key, new byte[32], at).open(read.body()));
          Fuzzing.orFinding(() -> BlobBody.open(read.body(), key, at));
          Fuzzing.orFinding(() -> ValueBody.open(read.body(), key, at));
        });
  }
}
