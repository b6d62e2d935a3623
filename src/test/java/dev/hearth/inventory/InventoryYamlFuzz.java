package dev.hearth.inventory;

import dev.hearth.diag.Source;
import dev.hearth.fuzz.Fuzzing;
import dev.hearth.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;

/** Whatever stands in a YAML inventory: a consistent inventory comes of it, or a finding. */
public final class InventoryYamlFuzz {

  private static final Path FILE = Path.of("/fuzz/hosts.yml");

  private InventoryYamlFuzz() {}

  /** Reads one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Source source = new Source(FILE.toString(), Fuzzing.text(input));
    Fuzzing.orFinding(
        () -> {
          Draft draft = new Draft();
          YamlReader.read(source).ifPresent(document -> new YamlSource(draft, FILE).read(document));
          Consistency.check(draft.finish(List.of()));
        });
  }
}
