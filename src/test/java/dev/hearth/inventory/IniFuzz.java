package dev.hearth.inventory;

import dev.hearth.diag.Source;
import dev.hearth.fuzz.Fuzzing;
import java.nio.file.Path;
import java.util.List;

/** Whatever stands in an INI inventory: a consistent inventory comes of it, or a finding. */
public final class IniFuzz {

  private static final Path FILE = Path.of("/fuzz/hosts");

  private IniFuzz() {}

  /** Reads one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Source source = new Source(FILE.toString(), Fuzzing.text(input));
    Fuzzing.orFinding(
        () -> {
          Draft draft = new Draft();
          new IniSource(draft, source, FILE).read();
          Consistency.check(draft.finish(List.of()));
        });
  }
}
