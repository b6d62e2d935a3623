package dev.hearth.vault.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.fuzz.Fuzzing;

/** Whatever a key file holds: keys that are written as they were read, or none. */
public final class KeyFileFuzz {

  private KeyFileFuzz() {}

  /** Reads one input as a file of secret keys and as a public key. */
  public static void fuzzerTestOneInput(byte[] input) {
    for (Identity identity : Identity.all(input)) {
      assertThat(Identity.parse(identity.reveal()).orElseThrow().recipient())
          .isEqualTo(identity.recipient());
    }
    String text = Fuzzing.text(input).strip();
    Recipient.parse(text)
        .ifPresent(read -> assertThat(read.toString()).isEqualToIgnoringCase(text));
    CanonicalBase64.decode(text)
        .ifPresent(bytes -> assertThat(CanonicalBase64.encode(bytes)).isEqualTo(text));
  }
}
