package dev.hearth.yaml;

import dev.hearth.diag.Source;
import dev.hearth.fuzz.Fuzzing;

/** Whatever stands in a YAML file: nodes and values come of it, or a finding. */
public final class YamlFuzz {

  private YamlFuzz() {}

  /** Reads one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Source source = new Source("fuzz.yml", Fuzzing.text(input));
    Fuzzing.orFinding(() -> YamlReader.readAll(source).forEach(Values::located));
  }
}
