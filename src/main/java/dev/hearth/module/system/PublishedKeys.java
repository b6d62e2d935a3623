package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * The SSH keys that an address gives, as the host gets them.
 *
 * @param url where they are; a file of the host with {@code file:}
 * @param checked whether the server's certificate must be good
 */
record PublishedKeys(String url, boolean checked) implements Fact<String> {

  private static final String PROBE =
      """
      case $1 in
        file://*) exec cat -- "${1#file://}" ;;
        file:*) exec cat -- "${1#file:}" ;;
      esac
      if command -v curl >/dev/null 2>&1; then
        curl -q -fsSL ${2:+-k} --connect-timeout 10 --max-time 60 -- "$1"
      elif command -v wget >/dev/null 2>&1 && [ -z "$2" ]; then
        wget -q -T 60 -O - -- "$1"
      else
        echo "this needs curl on the host; install the package curl first" >&2
        exit 97
      fi
      """;

  @Override
  public String key() {
    return "published keys " + url;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, url, checked ? "" : "insecure");
  }

  @Override
  public String parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot get the keys from " + url + ": " + answer.err().strip());
    }
    return answer.out();
  }
}
