package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a command line is written down. */
final class GivenArgumentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          play site.yml -i inventory -vv       | play site.yml -i inventory -vv
          play p -e token=x y                  | play p -e token=*** y
          play p --extra-vars token=x          | play p --extra-vars token=***
          play p --extra-vars=token=x          | play p --extra-vars=token=***
          play p -etoken=x                     | play p -etoken=***
          play p -e {"token":"x"}              | play p -e ***
          play p -e a=1,b=x=2                  | play p -e a=***
          play p -e @file.yml                  | play p -e @file.yml
          play p --continue RUN -C             | play p -C
          play p --store postgresql://u@h/d -C | play p -C
          play p --store=files -C              | play p -C
          """)
  void valuesOfExtraVariablesAreLeftOut(String given, String kept) {
    assertThat(GivenArguments.withoutValues(Arrays.asList(given.split(" "))))
        .containsExactly(kept.split(" "));
  }
}
