package dev.hearth.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of collections (Semantic Versioning 2.0.0) and of roles (no rules at all). */
final class VersionTest {

  @Test
  void ordersAsTheSpecificationDoes() {
    List<String> rising =
        List.of(
            "0.9.10",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.2",
            "1.2.0",
            "1.10.0",
            "2.0.0");
    for (int low = 0; low < rising.size(); low++) {
      for (int high = 0; high < rising.size(); high++) {
        assertThat(Integer.signum(version(rising.get(low)).compareTo(version(rising.get(high)))))
            .as(rising.get(low) + " against " + rising.get(high))
            .isEqualTo(Integer.compare(low, high));
      }
    }
    assertThat(version("1.0.0+one")).isEqualTo(version("1.0.0+other"));
  }

  @ParameterizedTest
  @CsvSource({
    "'>=1.0.0,<2.0.0', 1.5.0, true",
    "'>=1.0.0,<2.0.0', 2.0.0, false",
    "'>=1.0.0, !=1.5.0', 1.5.0, false",
    "1.5.0, 1.5.0, true",
    "==1.5.0, 1.5.1, false",
    ">1.0, 1.0.1, true",
    "<=2, 2.0.0, true",
    "*, 3.1.4, true",
    "*, 3.1.4-rc.1, false",
    "==3.1.4-rc.1, 3.1.4-rc.1, true",
  })
  void rangesAllow(String range, String version, boolean allowed) {
    assertThat(VersionRange.parse(range).orElseThrow().allows(version(version), false))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", ">=", "1.2.x", "~1.2.0", "1.2.3.4"})
  void otherTextsAreNoRanges(String text) {
    assertThat(VersionRange.parse(text)).isEmpty();
  }

  @Test
  void numbersInVersionsOfRolesCountAsNumbers() {
    assertThat(LooseVersions.compare("v1.10", "1.9")).isPositive();
    assertThat(LooseVersions.compare("1.0", "1.0.1")).isNegative();
    assertThat(LooseVersions.compare("2.0", "release")).isPositive();
    assertThat(LooseVersions.compare("v2", "2")).isZero();
  }

  private static Version version(String text) {
    return Version.parse(text).orElseThrow();
  }
}
