package dev.hearth.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.fuzz.Fuzzing;

/** Whatever an entry of an inventory says: it stands for hosts, or is a finding. */
public final class HostRangeFuzz {

  private HostRangeFuzz() {}

  /** Expands one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Fuzzing.text(input);
    Fuzzing.orFinding(
        () -> {
          HostNames names = HostNames.parse(text, Location.startOf(new Source("fuzz", text)));
          assertThat(names.names()).isNotEmpty();
        });
  }
}
