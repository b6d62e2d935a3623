package dev.hearth.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.HearthException;
import java.nio.charset.StandardCharsets;

/**
 * What the targets of the fuzzer share. A target is a class whose name ends in {@code Fuzz}, with a
 * method {@code fuzzerTestOneInput(byte[])}; {@code bench/fuzz} looks for inputs that break it, and
 * {@link FuzzCorpusTest} replays those that are kept below {@code src/test/resources/fuzz}.
 */
public final class Fuzzing {

  private Fuzzing() {}

  /** The input as text; bytes that are no UTF-8 become replacement characters. */
  public static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** Runs something that may only succeed or end with findings that can be shown. */
  public static void orFinding(Runnable attempt) {
    try {
      attempt.run();
    } catch (HearthException refused) {
      assertThat(refused.diagnostics()).isNotEmpty();
      refused.diagnostics().forEach(finding -> assertThat(finding.render()).isNotBlank());
    }
  }
}
