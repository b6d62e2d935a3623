package dev.hearth.module.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipRequirementTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a|1.0|true",
        "a==1.0|1.0.0|true",
        "a==1.0|1.0.1|false",
        "a==1.*|1.4|true",
        "a!=1.4|1.4|false",
        "a>=1.9|1.10|true",
        "a<1.9|1.10|false",
        "a~=1.4|1.9|true",
        "a~=1.4|2.0|false",
        "a~=1.4.2|1.5|false",
        "a>=1,<2|1.5|true",
        "a>=1,<2|2.0|false",
        "a[b,c]>=1|1.5|true",
        "a==1.0rc1|1.0rc1|true",
        "a>=1.0|2.0rc1|false",
        "a===1.0|1.0|false",
        "git+https://example.com/a|1.0|false"
      })
  void knowsWhatIsFulfilledForCertain(String text, String version, boolean fulfilled) {
    assertThat(PipRequirement.of(List.of(text), ""))
        .singleElement()
        .satisfies(one -> assertThat(one.fulfilled(Map.of("a", version))).isEqualTo(fulfilled));
  }

  @Test
  void putsNamesTogetherThatWereSplitAtTheirCommas() {
    assertThat(PipRequirement.of(List.of("django>1.11.1", "<1.11.3", "ipaddress", "x[a", "b]"), ""))
        .extracting(PipRequirement::text)
        .containsExactly("django>1.11.1,<1.11.3", "ipaddress", "x[a,b]");
  }

  @Test
  void comparesNamesInNormalForm() {
    assertThat(PipRequirement.of(List.of("Typing_Extensions"), ""))
        .singleElement()
        .satisfies(one -> assertThat(one.fulfilled(Map.of("typing-extensions", "4.9"))).isTrue());
  }
}
