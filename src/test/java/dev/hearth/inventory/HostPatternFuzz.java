package dev.hearth.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.fuzz.Fuzzing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whatever a pattern says: it chooses hosts, none twice, or is a finding. */
public final class HostPatternFuzz {

  private static final Inventory LAB =
      TestServices.loader(
              file -> {
                throw new AssertionError("no file is needed: " + file);
              })
          .load(List.of("web1,web2,db1.lab,fe80::1"), Path.of("/"));

  private HostPatternFuzz() {}

  /** Uses one input as a pattern and as a limit. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Fuzzing.text(input);
    if (text.contains("~")) {
      // Whoever writes a regular expression decides how long it takes; it has to be readable only.
      Fuzzing.orFinding(() -> HostPattern.parse(text));
      return;
    }
    Fuzzing.orFinding(
        () ->
            assertThat(LAB.select(HostPattern.parse(text), Optional.empty()).hosts())
                .doesNotHaveDuplicates());
    Fuzzing.orFinding(
        () -> {
          Optional<HostPattern> limit = Optional.of(HostPattern.parse(text));
          List<Host> kept = LAB.select(HostPattern.parse("all"), limit).hosts();
          assertThat(LAB.hosts()).containsAll(kept);
        });
  }
}
