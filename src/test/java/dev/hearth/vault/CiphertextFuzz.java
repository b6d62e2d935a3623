package dev.hearth.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.fuzz.Fuzzing;
import java.util.List;

/** Whatever a file holds: it is an encrypted text, has encrypted values, or is a finding. */
public final class CiphertextFuzz {

  private CiphertextFuzz() {}

  /** Reads one input as an encrypted file, and as a file with encrypted values. */
  public static void fuzzerTestOneInput(byte[] input) {
    Fuzzing.orFinding(
        () -> {
          Ciphertext read = Ciphertext.parse(input, "input");
          byte[] written = read.bytes();
          assertThat(Ciphertext.isEncrypted(written)).isTrue();
          assertThat(Ciphertext.parse(written, "input").bytes()).isEqualTo(written);
        });
    Fuzzing.orFinding(
        () -> {
          String text = InlineValue.textOf(input);
          List<InlineValue> values = InlineValue.all(text, "input");
          for (InlineValue value : values) {
            String again = value.replacedIn(text, value.ciphertext());
            assertThat(InlineValue.all(again, "input")).hasSameSizeAs(values);
          }
        });
    Fuzzing.orFinding(() -> FileEncryption.notEncrypted(input, "input"));
  }
}
