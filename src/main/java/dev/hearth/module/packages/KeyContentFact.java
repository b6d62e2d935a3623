package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * The bytes of a key, from an address that the host fetches or from a file on the host.
 *
 * @param place address or path
 */
record KeyContentFact(String place) implements Fact<byte[]> {

  private static final String PROBE =
      SigningKeyFact.FETCH
          + """
          case $1 in
            *://*)
              d=$(mktemp -d) || exit
              trap 'rm -rf "$d"' EXIT
              fetch "$1" "$d/key" || { echo "cannot fetch $1" >&2; exit 1; }
              cat "$d/key"
              ;;
            *) cat -- "$1" ;;
          esac
          """;

  @Override
  public String key() {
    return "key " + place;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, place);
  }

  @Override
  public byte[] parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot read the key " + place + ": " + answer.err().strip());
    }
    return answer.stdout();
  }
}
