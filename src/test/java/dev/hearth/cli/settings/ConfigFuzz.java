package dev.hearth.cli.settings;

import dev.hearth.diag.Source;
import dev.hearth.fuzz.Fuzzing;
import java.util.Map;

/** Whatever stands in an {@code ansible.cfg}: settings come of it, or a finding. */
public final class ConfigFuzz {

  private static final SettingsReview REVIEW = new SettingsReview(KnownSettings.load());

  private ConfigFuzz() {}

  /** Reads one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Source source = new Source("ansible.cfg", Fuzzing.text(input));
    Fuzzing.orFinding(() -> REVIEW.findings(ConfigFile.read(source), Map.of()));
  }
}
