package dev.hearth.module.net;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * A file of checksums that somebody publishes, as the host gets it.
 *
 * @param url where it is
 */
record PublishedChecksum(String url) implements Fact<String> {

  private static final String PROBE =
      """
      if command -v curl >/dev/null 2>&1; then
        curl -q -fsSL --connect-timeout 10 --max-time 60 -- "$1"
      elif command -v wget >/dev/null 2>&1; then
        wget -q -T 60 -O - -- "$1"
      else
        echo "neither curl nor wget is on the host; install the package curl first" >&2
        exit 97
      fi
      """;

  @Override
  public String key() {
    return "published " + url;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, url);
  }

  @Override
  public String parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot get the checksum from " + url + ": " + answer.err().strip());
    }
    return answer.out();
  }
}
