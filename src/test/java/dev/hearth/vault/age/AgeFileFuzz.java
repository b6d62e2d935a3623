package dev.hearth.vault.age;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.fuzz.Fuzzing;
import dev.hearth.vault.key.Identity;
import java.util.List;
import java.util.stream.Stream;

/** Whatever an age file holds: it is read, opened or not, or is a finding. */
public final class AgeFileFuzz {

  /** The identities of age's test vectors, which are the first inputs. */
  private static final List<Identity> KNOWN =
      Stream.of(
              "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0",
              "AGE-SECRET-KEY-PQ-1HZLGZUPT4ETPKDEV8HSGFDCYZ4E522W0A7PU2LHT8EH9W6YLNC3SW78XKG")
          .map(key -> Identity.parse(key).orElseThrow())
          .toList();

  private AgeFileFuzz() {}

  /** Reads one input, and opens it where that costs nothing. */
  public static void fuzzerTestOneInput(byte[] input) {
    Location at = Location.startOf(Source.of("input", ""));
    Fuzzing.orFinding(
        () -> {
          AgeFile read = AgeFile.parse(input, at);
          assertThat(AgeFile.parse(read.bytes(), at)).isEqualTo(read);
          KNOWN.forEach(read::open);
        });
  }
}
