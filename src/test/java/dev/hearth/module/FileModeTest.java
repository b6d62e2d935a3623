package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileModeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0644 | 0777 | false | 0644",
        "2775 | 0755 | true | 2775",
        "0o600 | 0644 | false | 0600",
        "u=rw,g=r,o= | 0777 | false | 0640",
        "a+x | 0644 | false | 0755",
        "+x | 0644 | false | 0755",
        "+w | 0444 | false | 0644",
        "u+X,g+X | 0644 | false | 0644",
        "u+X,g+X | 0644 | true | 0754",
        "a=rX | 0744 | false | 0555",
        "g=u,o-rwx | 0745 | false | 0770",
        "u+s,g+s | 0755 | false | 6755",
        "u=rwx | 4755 | false | 0755",
        "+t | 0777 | true | 1777",
        "o-t | 1777 | true | 0777",
        "u+r-w | 0600 | false | 0400",
        "preserve | 0640 | false | 0640",
      })
  void applies(String mode, String now, boolean directory, String then) {
    assertThat(
            FileMode.show(
                new FileMode(mode.strip()).applyTo(Integer.parseInt(now.strip(), 8), directory)))
        .isEqualTo(then.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rw", "u:rw", "0888", "u=rw,", "x=r", "777777"})
  void whatIsNoModeIsNotTakenForOne(String text) {
    assertThat(FileMode.understands(text)).isFalse();
  }

  @Test
  void digitsAreFour() {
    assertThat(FileMode.show(0)).isEqualTo("0000");
    assertThat(FileMode.show(01777)).isEqualTo("1777");
  }
}
