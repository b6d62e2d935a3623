package dev.hearth.vault.age;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.fuzz.Fuzzing;
import dev.hearth.vault.key.Identity;

/** Whatever an age file holds: it is read, opened or not, or is a finding. */
public final class AgeFileFuzz {

  /** The identity of age's test vectors, which are the first inputs. */
  private static final Identity KNOWN =
      Identity.parse("AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0")
          .orElseThrow();

  private AgeFileFuzz() {}

  /** Reads one input, and opens it where that costs nothing. */
  public static void fuzzerTestOneInput(byte[] input) {
    Location at = Location.startOf(Source.of("input", ""));
    Fuzzing.orFinding(
        () -> {
          AgeFile read = AgeFile.parse(input, at);
          assertThat(AgeFile.parse(read.bytes(), at)).isEqualTo(read);
          read.open(KNOWN);
        });
  }
}
