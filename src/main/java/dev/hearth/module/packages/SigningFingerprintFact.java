package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.Locale;

/**
 * The fingerprint of the key that signs an archive of Launchpad's, as its web service tells it to
 * the host.
 *
 * @param address of the archive in the web service
 * @param checked whether the service's certificate is checked
 */
record SigningFingerprintFact(String address, boolean checked) implements Fact<String> {

  private static final String PROBE =
      SigningKeyFact.FETCH
          + """
          d=$(mktemp -d) || exit
          trap 'rm -rf "$d"' EXIT
          fetch "$1" "$d/about" "$2" || exit
          cat "$d/about"
          """;

  @Override
  public String key() {
    return "signing key of " + address + (checked ? "" : " unchecked");
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, address, checked ? "" : "unchecked");
  }

  @Override
  public String parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(
          "failed to fetch PPA information from " + address + ": " + answer.err().strip());
    }
    if (read(answer.out()) instanceof Value.Dict about
        && about.get("signing_key_fingerprint") instanceof Value.Textual fingerprint
        && fingerprint.reveal().matches("[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}")) {
      return fingerprint.reveal().toUpperCase(Locale.ROOT);
    }
    throw new UnreadableFact("what " + address + " answers has no fingerprint of a signing key");
  }

  private static Value read(String text) {
    try {
      return JsonReader.read(text);
    } catch (IllegalArgumentException noJson) {
      return Value.NULL;
    }
  }
}
